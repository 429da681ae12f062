package dev.countersign.doctor.check;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How to mend a finding in the platform that was recognised. */
final class Remedies {

  private static final Set<CheckId> CHALLENGE =
      Set.of(CheckId.D04, CheckId.D05, CheckId.D07, CheckId.D08, CheckId.D09, CheckId.D11);

  private static final Set<CheckId> PUBLIC_URL = Set.of(CheckId.D30, CheckId.D31, CheckId.D16);

  private static final Map<Platform, Map<CheckId, String>> BY_PLATFORM =
      new EnumMap<>(Platform.class);

  private static final String ANY_JAVA =
      "Start the server with -javaagent:countersign-javaagent.jar=mode=repair,resource=URL,"
          + "authorization-servers=ISSUER; it completes the challenges without a change of code.";

  static {
    for (Platform java :
        List.of(Platform.SPRING, Platform.QUARKUS, Platform.TOMCAT, Platform.JETTY)) {
      CHALLENGE.forEach(check -> put(java, check, ANY_JAVA));
    }
    put(
        Platform.SPRING,
        CheckId.D34,
        "http.csrf(csrf -> csrf.ignoringRequestMatchers(\"/mcp/**\")): bearer tokens need no CSRF"
            + " protection.");
    put(
        Platform.SPRING,
        CheckId.D17,
        "http.authorizeHttpRequests(requests ->"
            + " requests.requestMatchers(\"/.well-known/**\").permitAll()…)");
    PUBLIC_URL.forEach(
        check -> put(Platform.SPRING, check, "server.forward-headers-strategy=framework"));
    PUBLIC_URL.forEach(
        check -> put(Platform.QUARKUS, check, "quarkus.http.proxy.proxy-address-forwarding=true"));
    PUBLIC_URL.forEach(
        check ->
            put(
                Platform.TOMCAT,
                check,
                "<Valve className=\"org.apache.catalina.valves.RemoteIpValve\""
                    + " protocolHeader=\"X-Forwarded-Proto\"/> in server.xml"));
    PUBLIC_URL.forEach(
        check ->
            put(
                Platform.NGINX,
                check,
                "proxy_set_header Host $host; proxy_set_header X-Forwarded-Proto $scheme;"));
    PUBLIC_URL.forEach(
        check -> put(Platform.EXPRESS, check, "app.set('trust proxy', 1), or a fixed base URL"));
    put(
        Platform.API_GATEWAY,
        CheckId.D37,
        "Map the field back in the gateway response: gatewayresponse.header.WWW-Authenticate.");
    put(
        Platform.NGINX,
        CheckId.D15,
        "location ^~ /.well-known/oauth-protected-resource { proxy_pass http://backend; }");
    put(Platform.NGINX, CheckId.D20, "proxy_redirect off; and no rewrite of the last slash.");
    put(Platform.NGINX, CheckId.D28, "no limit_req for location ^~ /.well-known/");
    put(
        Platform.UVICORN,
        CheckId.D20,
        "Starlette: redirect_slashes=False, and mount the MCP application at both spellings.");
  }

  private Remedies() {}

  private static void put(Platform platform, CheckId check, String text) {
    BY_PLATFORM.computeIfAbsent(platform, any -> new EnumMap<>(CheckId.class)).put(check, text);
  }

  /** The findings, with a remedy where the platform is known and has one. */
  static List<Finding> addedTo(List<Finding> findings, Optional<Platform> platform) {
    return findings.stream()
        .map(
            finding ->
                finding.remedy().isEmpty()
                    ? platform
                        .map(one -> BY_PLATFORM.getOrDefault(one, Map.of()).get(finding.check()))
                        .map(text -> finding.mendedBy(platform.get().title() + ": " + text))
                        .orElse(finding)
                    : finding)
        .toList();
  }
}
