package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.countersign.testkit.CertificateAuthority;
import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.RemoteProbe;
import dev.countersign.testkit.Tokens;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tokens that are bound to the certificate of their client (RFC 8705), on a server that ends TLS:
 * it is known below the application, and in HTTP/2 below the stream. The program is told by {@code
 * -Dtls} the directory of its key stores.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
abstract class TlsContract {

  private static final String RESOURCE = "https://mcp.example.com/mcp";
  private static final String PASSWORD = "changeit";
  private static final String HOST = "localhost";

  /** How a server that ends TLS is started. */
  @FunctionalInterface
  interface TlsLaunch {

    /**
     * Starts it.
     *
     * @param settings of the agent
     * @param stores the directory of its key stores
     */
    Process start(Map<String, String> settings, Path stores) throws IOException;
  }

  private final TlsLaunch launch;
  private final CertificateAuthority authority = CertificateAuthority.create("clients");
  private final KeyStore one = authority.issuing("one", PASSWORD);
  private final KeyStore two = authority.issuing("two", PASSWORD);
  private final FakeAuthorizationServer authorizationServer = FakeAuthorizationServer.start();
  private final Tokens tokens = authorizationServer.tokens(RESOURCE);
  private RemoteProbe server;

  TlsContract(ServerProgram program) {
    this(
        (settings, stores) ->
            GuardedJvm.start(program, settings, "-Dhttp2=true", "-Dtls=" + stores));
  }

  TlsContract(TlsLaunch launch) {
    this.launch = launch;
  }

  @BeforeAll
  void start() throws Exception {
    Path stores = Files.createTempDirectory(Path.of("target"), "tls").toAbsolutePath();
    write(authority.issuing(HOST, PASSWORD), stores.resolve("own.p12"));
    write(authority.trusting(), stores.resolve("trusted.p12"));
    Map<String, String> settings =
        GuardedJvm.settings(RESOURCE, authorizationServer, "certificate-bound-tokens", "optional");
    server = RemoteProbe.of(launch.start(settings, stores));
  }

  private static void write(KeyStore store, Path file)
      throws IOException, GeneralSecurityException {
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD.toCharArray());
    }
  }

  @AfterAll
  void stop() throws Exception {
    if (server != null) {
      server.close();
    }
    authorizationServer.close();
  }

  @BeforeEach
  void clear() {
    server.clear();
  }

  private HttpClient client(HttpClient.Version version, SSLContext context) {
    return HttpClient.newBuilder()
        .version(version)
        .sslContext(context)
        .connectTimeout(Duration.ofSeconds(20))
        .build();
  }

  private SSLContext showing(KeyStore own) throws GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, PASSWORD.toCharArray());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(authority.trusting());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private String boundToOne() throws GeneralSecurityException {
    byte[] certificate = one.getCertificate("one").getEncoded();
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate);
    String thumbprint = Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    return tokens.mint().claim("cnf", Map.of("x5t#S256", thumbprint)).text();
  }

  private HttpResponse<String> get(HttpClient client, HttpClient.Version version, String token)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.uri().resolve("/mcp"))
            .timeout(Duration.ofSeconds(20))
            .header("Authorization", "Bearer " + token)
            .build();
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    assertEquals(version, response.version());
    return response;
  }

  @ParameterizedTest
  @EnumSource
  final void X01_X02_J43_aBoundTokenNeedsItsCertificate(HttpClient.Version version)
      throws Exception {
    assumeTrue(version == HttpClient.Version.HTTP_1_1 || speaksHttp2());
    String bound = boundToOne();
    HttpClient holder = client(version, showing(one));
    // The keys of the authorization server may still be on their way.
    HttpResponse<String> admitted = get(holder, version, bound);
    while (admitted.statusCode() == 503) {
      admitted = get(holder, version, bound);
    }
    assertEquals(200, admitted.statusCode(), admitted::body);
    assertEquals(200, get(holder, version, bound).statusCode());
    assertEquals(2, server.invocations());
    server.clear();

    refused(get(client(version, showing(two)), version, bound));
    HttpClient nobody = client(version, authority.trusted());
    if (needsCertificate()) {
      assertThrows(IOException.class, () -> get(nobody, version, bound));
    } else {
      refused(get(nobody, version, bound));
    }
    assertEquals(0, server.invocations());
    assertEquals(200, get(client(version, showing(two)), version, tokens.valid()).statusCode());
  }

  private void refused(HttpResponse<String> response) {
    assertEquals(401, response.statusCode());
    assertTrue(
        response
            .headers()
            .firstValue("WWW-Authenticate")
            .orElse("")
            .contains("error=\"invalid_token\""));
  }

  boolean speaksHttp2() {
    return true;
  }

  /** Whether the server speaks with nobody who has none. */
  boolean needsCertificate() {
    return false;
  }
}
