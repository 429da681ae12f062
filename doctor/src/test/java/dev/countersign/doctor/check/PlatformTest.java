package dev.countersign.doctor.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.doctor.wire.Answer;
import dev.countersign.doctor.wire.Request;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformTest {

  private static final String SPRING =
      "X-Content-Type-Options: nosniff\nX-XSS-Protection: 0\n"
          + "Cache-Control: no-cache, no-store, max-age=0, must-revalidate\nPragma: no-cache\n"
          + "Expires: 0\nX-Frame-Options: DENY\n";

  /** A head as each product sends it, with its body behind an empty line. */
  private enum Canned {
    CLOUDFLARE("Server: cloudflare\nCF-RAY: 8f1d2c3b4a5e6f70-FRA\n\nerror code: 1020"),
    AWS_API_GATEWAY(
        "x-amzn-RequestId: 5f1c\n"
            + "x-amzn-Remapped-WWW-Authenticate: Bearer\n"
            + "x-amz-apigw-id: Mc7UVio="),
    AWS_LOAD_BALANCER("Server: awselb/2.0\n\n<html><center><h1>403 Forbidden</h1></center></html>"),
    AZURE_API_MANAGEMENT(
        "WWW-Authenticate: AzureApiManagementKey realm=\"https://h/mcp\"\n\n{ \"statusCode\": 401,"
            + " \"message\": \"Access denied due to missing subscription key.\" }"),
    KONG("Server: kong/3.9.0\n\n{\"message\":\"Unauthorized\"}"),
    ENVOY("server: istio-envoy\n\nRBAC: access denied"),
    TRAEFIK("WWW-Authenticate: Basic realm=\"traefik\"\n\n401 Unauthorized"),
    NGINX("Server: nginx/1.27.3\n\n<html><hr><center>nginx/1.27.3</center></html>"),
    HTTPD("Server: Apache/2.4.62 (Debian)"),
    SPRING_MCP_SECURITY(
        SPRING
            + "WWW-Authenticate: Bearer"
            + " resource_metadata=https://h/.well-known/oauth-protected-resource/mcp"),
    SPRING_SECURITY(SPRING + "WWW-Authenticate: Bearer"),
    SPRING_BOOT(
        "\n{\"timestamp\":\"2026-11-26T12:00:00.000+00:00\",\"status\":404,\"error\":\"Not"
            + " Found\",\"path\":\"/mcp\"}"),
    QUARKUS("\n{\"details\":\"Error id 0e1f2a3b-4c5d-6e7f-8091-a2b3c4d5e6f7-1\",\"stack\":\"\"}"),
    TOMCAT("\n<!doctype html><html><body><hr/><h3>Apache Tomcat/10.1.34</h3></body></html>"),
    JETTY("Server: Jetty(12.0.16)"),
    EXPRESS("X-Powered-By: Express\n\n{\"error\":\"invalid_token\"}"),
    FASTMCP(
        "server: uvicorn\n\n"
            + "{\"error\": \"invalid_token\", \"error_description\": \"Authentication failed. To"
            + " resolve: clear authentication tokens in your MCP client and reconnect.\"}"),
    PYTHON_SDK(
        "server: uvicorn\n\n{\"error\": \"invalid_token\", \"error_description\": \"Authentication"
            + " required\"}"),
    UVICORN("server: uvicorn\n\n{\"detail\":\"Not Found\"}"),
    ASPNET("Server: Kestrel");

    private final Answer answer;

    Canned(String text) {
      this.answer = answer(text);
    }
  }

  private static Answer answer(String text) {
    int end = text.indexOf("\n\n");
    String head = end < 0 ? text : text.substring(0, end);
    List<Request.Field> fields =
        Arrays.stream(head.split("\n"))
            .filter(line -> line.contains(": ") && !line.startsWith("{"))
            .map(line -> line.split(": ", 2))
            .map(pair -> new Request.Field(pair[0].toLowerCase(java.util.Locale.ROOT), pair[1]))
            .toList();
    String body =
        end < 0 ? (head.startsWith("\n") ? head.substring(1) : "") : text.substring(end + 2);
    return new Answer.Response(401, fields, body);
  }

  @ParameterizedTest
  @EnumSource(Canned.class)
  void recognisesEachByWhatOnlyItSends(Canned canned) {
    assertEquals(
        List.of(canned.name()),
        Platform.of(List.of(canned.answer)).stream().map(seen -> seen.platform().name()).toList());
  }

  @Test
  void hasAnAnswerOfEach() {
    assertEquals(
        Arrays.stream(Platform.values()).map(Enum::name).toList(),
        Arrays.stream(Canned.values()).map(Enum::name).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Server: my-server\nX-Content-Type-Options: nosniff\n\n{\"error\":\"unauthorized\"}",
        "WWW-Authenticate: Bearer\nCache-Control: no-store\n\n404 page not found",
        "Server: nginxish\nX-Powered-By: PHP/8.3\n\n{\"timestamp\":1,\"message\":\"no\"}",
        "x-amzn-requestid: 1\n\n{\"message\":\"Unauthorized\"}",
        "Server: Apachean\n\n{\"message\":\"We deploy with quarkus and Express on uvicorn.\"}"
      })
  void guessesNothing(String text) {
    assertEquals(List.of(), Platform.of(List.of(answer(text))));
  }

  @Test
  void showsTheProxyAndWhatIsBehindIt() {
    assertEquals(
        "[nginx (server: nginx), Express (x-powered-by: Express)]",
        Platform.of(List.of(answer("Server: nginx\nX-Powered-By: Express"))).toString());
  }

  @Test
  void everyCheckHasAWayOutOnAnyPlatform() {
    for (CheckId check : CheckId.values()) {
      assertTrue(Remedies.of(check).filter(text -> text.length() > 20).isPresent(), check.name());
    }
  }

  @Test
  void theTableNamesChecksAndPlatformsThatAre() {
    Set<Platform> unused = EnumSet.allOf(Platform.class);
    for (String key : Remedies.keys()) {
      String[] sides = key.split("@", 2);
      assertTrue(CheckId.of(sides[0]).isPresent(), key);
      Optional<Platform> platform =
          Arrays.stream(Platform.values()).filter(one -> one.key().equals(sides[1])).findFirst();
      assertTrue(sides[1].isEmpty() || platform.isPresent(), key);
      platform.ifPresent(unused::remove);
    }
    assertEquals(Set.of(), unused);
  }

  private static Finding mended(Finding finding, String text) {
    return Remedies.addedTo(List.of(finding), Platform.of(List.of(answer(text)))).get(0);
  }

  @Test
  void mendsInWhatItLooksLikeElseInGeneral() {
    Finding finding = new Finding(CheckId.D15, Severity.ERROR, "m");
    String nginx = mended(finding, "Server: nginx").remedy();
    assertTrue(nginx.startsWith("looks like nginx (server: nginx): location ^~"), nginx);
    String unknown = mended(finding, "Server: other").remedy();
    assertEquals(Remedies.of(CheckId.D15).orElseThrow(), unknown);
    assertEquals(
        2, mended(finding, "Server: nginx\nX-Powered-By: Express").remedy().lines().count());
  }

  @Test
  void leavesGoodNewsAndOwnRemediesAlone() {
    assertEquals(
        "", mended(new Finding(CheckId.D59, Severity.INFO, "m"), "Server: nginx").remedy());
    assertFalse(
        mended(new Finding(CheckId.D15, Severity.ERROR, "m").mendedBy("own"), "Server: nginx")
            .remedy()
            .contains("nginx"));
  }
}
