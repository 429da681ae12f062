package dev.countersign.doctor.check;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How to mend a finding in the runtime that was recognised. */
final class Remedies {

  private static final Set<CheckId> CHALLENGE =
      Set.of(CheckId.D04, CheckId.D05, CheckId.D07, CheckId.D08, CheckId.D09, CheckId.D11);

  private static final Set<CheckId> PUBLIC_URL = Set.of(CheckId.D30, CheckId.D31, CheckId.D16);

  private static final Map<Runtime, Map<CheckId, String>> BY_RUNTIME = new EnumMap<>(Runtime.class);

  private static final String ANY_JAVA =
      "Start the server with -javaagent:countersign-javaagent.jar=mode=repair,resource=URL,"
          + "authorization-servers=ISSUER; it completes the challenges without a change of code.";

  static {
    for (Runtime java : List.of(Runtime.SPRING, Runtime.QUARKUS, Runtime.TOMCAT, Runtime.JETTY)) {
      CHALLENGE.forEach(check -> put(java, check, ANY_JAVA));
    }
    put(
        Runtime.SPRING,
        CheckId.D34,
        "http.csrf(csrf -> csrf.ignoringRequestMatchers(\"/mcp/**\")): bearer tokens need no CSRF"
            + " protection.");
    put(
        Runtime.SPRING,
        CheckId.D17,
        "http.authorizeHttpRequests(requests ->"
            + " requests.requestMatchers(\"/.well-known/**\").permitAll()…)");
    PUBLIC_URL.forEach(
        check -> put(Runtime.SPRING, check, "server.forward-headers-strategy=framework"));
    PUBLIC_URL.forEach(
        check -> put(Runtime.QUARKUS, check, "quarkus.http.proxy.proxy-address-forwarding=true"));
    PUBLIC_URL.forEach(
        check ->
            put(
                Runtime.TOMCAT,
                check,
                "<Valve className=\"org.apache.catalina.valves.RemoteIpValve\""
                    + " protocolHeader=\"X-Forwarded-Proto\"/> in server.xml"));
    PUBLIC_URL.forEach(
        check ->
            put(
                Runtime.NGINX,
                check,
                "proxy_set_header Host $host; proxy_set_header X-Forwarded-Proto $scheme;"));
    PUBLIC_URL.forEach(
        check -> put(Runtime.EXPRESS, check, "app.set('trust proxy', 1), or a fixed base URL"));
    put(
        Runtime.API_GATEWAY,
        CheckId.D37,
        "Map the field back in the gateway response: gatewayresponse.header.WWW-Authenticate.");
    put(
        Runtime.NGINX,
        CheckId.D15,
        "location ^~ /.well-known/oauth-protected-resource { proxy_pass http://backend; }");
    put(Runtime.NGINX, CheckId.D20, "proxy_redirect off; and no rewrite of the last slash.");
    put(Runtime.NGINX, CheckId.D28, "no limit_req for location ^~ /.well-known/");
    put(
        Runtime.UVICORN,
        CheckId.D20,
        "Starlette: redirect_slashes=False, and mount the MCP application at both spellings.");
  }

  private Remedies() {}

  private static void put(Runtime runtime, CheckId check, String text) {
    BY_RUNTIME.computeIfAbsent(runtime, any -> new EnumMap<>(CheckId.class)).put(check, text);
  }

  /** The findings, with a remedy where the runtime is known and has one. */
  static List<Finding> addedTo(List<Finding> findings, Optional<Runtime> runtime) {
    return findings.stream()
        .map(
            finding ->
                finding.remedy().isEmpty()
                    ? runtime
                        .map(one -> BY_RUNTIME.getOrDefault(one, Map.of()).get(finding.check()))
                        .map(text -> finding.mendedBy(runtime.get().title() + ": " + text))
                        .orElse(finding)
                    : finding)
        .toList();
  }
}
