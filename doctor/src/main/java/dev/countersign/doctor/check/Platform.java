package dev.countersign.doctor.check;

import dev.countersign.doctor.wire.Answer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a server runs on and what stands before it, by what only these products send. What several
 * products send is no mark: a wrong guess is worse than none.
 */
public enum Platform {
  /** Cloudflare before the server. */
  CLOUDFLARE("Cloudflare", Mark.field("server", "cloudflare"), Mark.field("cf-ray", ".+")),
  /** Amazon API Gateway. */
  AWS_API_GATEWAY(
      "Amazon API Gateway",
      Mark.field("apigw-requestid", ".+"),
      Mark.field("x-amz-apigw-id", ".+"),
      Mark.field("x-amzn-remapped-www-authenticate", ".+")),
  /** An application load balancer of Amazon. */
  AWS_LOAD_BALANCER("an AWS load balancer", Mark.field("server", "awselb/.+")),
  /** Azure API Management. */
  AZURE_API_MANAGEMENT(
      "Azure API Management",
      Mark.field("www-authenticate", ".*AzureApiManagementKey.*"),
      Mark.field("ocp-apim-trace-location", ".+"),
      Mark.body("due to (missing|invalid) subscription key")),
  /** Kong as a gateway. */
  KONG("Kong", Mark.field("server", "kong/.+"), Mark.field("via", ".*\\bkong/.+")),
  /** Envoy, and with it Istio. */
  ENVOY(
      "Envoy or Istio",
      Mark.field("server", "(istio-)?envoy"),
      Mark.field("x-envoy-upstream-service-time", ".+"),
      Mark.body("^(RBAC: access denied|Jwt is missing|Jwt verification fails)$")),
  /** Traefik as a proxy, which gives itself away by its own authentication only. */
  TRAEFIK("Traefik", Mark.field("www-authenticate", ".*realm=\"traefik\".*")),
  /** nginx as a proxy. */
  NGINX(
      "nginx", Mark.field("server", "nginx(/.+)?"), Mark.body("<center>nginx(/[\\d.]+)?</center>")),
  /** The Apache HTTP server as a proxy. */
  HTTPD("Apache httpd", Mark.field("server", "apache(/.+| .+)?")),
  /** Spring Security with metadata of its own, mostly by mcp-security. */
  SPRING_MCP_SECURITY("Spring Security with mcp-security", Mark.SPRING_WITH_METADATA),
  /** Spring Security. */
  SPRING_SECURITY("Spring Security", Mark.SPRING_HEADERS),
  /** Spring Boot by its error object. */
  SPRING_BOOT(
      "Spring Boot",
      Mark.body("^\\{\"timestamp\":\"?[^,]+,\"status\":\\d{3},\"error\":.*\"path\":")),
  /** Quarkus by its error object, or by its page for developers. */
  QUARKUS(
      "Quarkus",
      Mark.body("Error id [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-\\d+"),
      Mark.body("<title>[^<]*quarkus")),
  /** Tomcat by its error page. */
  TOMCAT("Tomcat", Mark.body("Apache Tomcat/\\d"), Mark.field("server", "apache-coyote.*")),
  /** Jetty. */
  JETTY("Jetty", Mark.field("server", "jetty.*"), Mark.body("Powered by (Eclipse )?Jetty")),
  /** Express, and with it most servers of the TypeScript SDK. */
  EXPRESS("Express", Mark.field("x-powered-by", "express")),
  /** FastMCP for Python. */
  FASTMCP("FastMCP", Mark.body("clear authentication tokens in your MCP client")),
  /** The Python SDK by its refusal. */
  PYTHON_SDK(
      "the Python SDK",
      Mark.body(
          "^\\{\"error\": ?\"invalid_token\", ?\"error_description\": ?\"Authentication"
              + " required\"\\}$")),
  /** Uvicorn, and with it most servers in Python. */
  UVICORN("uvicorn", Mark.field("server", "uvicorn.*")),
  /** ASP.NET. */
  ASPNET("ASP.NET", Mark.field("server", "kestrel"), Mark.field("x-powered-by", "asp\\.net"));

  private final String title;
  private final List<Mark> marks;

  Platform(String title, Mark... marks) {
    this.title = title;
    this.marks = List.of(marks);
  }

  /**
   * A platform that was recognised. Immutable.
   *
   * @param platform which one
   * @param evidence what gave it away
   */
  public record Seen(Platform platform, String evidence) {

    /**
     * For people.
     *
     * @return the name, and why we think so
     */
    @Override
    public String toString() {
      return platform.title + " (" + evidence + ")";
    }
  }

  /**
   * The name of the product.
   *
   * @return for people
   */
  public String title() {
    return title;
  }

  /**
   * The name in the table of remedies.
   *
   * @return lower case with hyphens
   */
  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What the answers of a site give away: proxies before it first, then what it runs on. */
  static List<Seen> of(Site site) {
    return of(
        site.asked().entrySet().stream()
            .filter(one -> site.isOurs(one.getKey().url()))
            .map(Map.Entry::getValue)
            .toList());
  }

  /** What answers give away. */
  static List<Seen> of(List<Answer> answers) {
    List<Seen> seen = new ArrayList<>();
    for (Platform platform : values()) {
      platform.evidence(answers).ifPresent(why -> seen.add(new Seen(platform, why)));
    }
    // The closer look is the better one.
    drop(seen, SPRING_SECURITY, SPRING_MCP_SECURITY);
    drop(seen, PYTHON_SDK, FASTMCP);
    drop(seen, UVICORN, FASTMCP, PYTHON_SDK);
    return seen;
  }

  private static void drop(List<Seen> seen, Platform platform, Platform... better) {
    if (seen.stream().anyMatch(one -> Arrays.asList(better).contains(one.platform))) {
      seen.removeIf(one -> one.platform == platform);
    }
  }

  private Optional<String> evidence(List<Answer> answers) {
    return answers.stream()
        .flatMap(answer -> marks.stream().flatMap(mark -> mark.in(answer).stream()))
        .findFirst();
  }
}
