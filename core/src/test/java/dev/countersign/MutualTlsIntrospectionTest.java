package dev.countersign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.config.SettingSource;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Introspection with a certificate of this server, RFC 8705 section 2, over TLS. */
@Timeout(60)
class MutualTlsIntrospectionTest {

  private static final String TRUST_STORE = "javax.net.ssl.trustStore";
  private static final String GOOD =
      "{\"active\":true,\"sub\":\"user-1\",\"aud\":\"" + Engines.RESOURCE + "\"}";

  /** What the authorization server got. */
  private record Asked(Optional<Certificate> certificate, String form, boolean authorization) {}

  @TempDir static Path directory = Path.of("");
  private static Optional<String> trustStoreBefore = Optional.empty();
  private static SelfSigned server;
  private static SelfSigned one;
  private static SelfSigned two;

  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private Path keyStore = Path.of("");
  private Path password = Path.of("");
  private volatile Optional<Certificate> registered = Optional.empty();
  private Optional<HttpsServer> running = Optional.empty();

  @BeforeAll
  static void makeCertificates() throws Exception {
    server = SelfSigned.make(directory, "server");
    one = SelfSigned.make(directory, "one");
    two = SelfSigned.make(directory, "two");
    Path trusted = directory.resolve("trusted.jks");
    try (OutputStream out = Files.newOutputStream(trusted)) {
      SelfSigned.trusting(server).store(out, new char[0]);
    }
    // Which servers the kit trusts is up to the JVM.
    trustStoreBefore = Optional.ofNullable(System.getProperty(TRUST_STORE));
    System.setProperty(TRUST_STORE, trusted.toString());
  }

  @AfterAll
  static void restore() {
    trustStoreBefore.ifPresentOrElse(
        file -> System.setProperty(TRUST_STORE, file), () -> System.clearProperty(TRUST_STORE));
  }

  @BeforeEach
  void prepare() throws IOException {
    keyStore = directory.resolve("key-store.p12");
    password = directory.resolve("password");
    use(one);
    registered = Optional.of(one.certificate());
  }

  @AfterEach
  void stop() {
    running.ifPresent(https -> https.stop(0));
  }

  private void use(SelfSigned identity) throws IOException {
    Files.write(keyStore, Files.readAllBytes(identity.file()));
    Files.writeString(password, SelfSigned.PASSWORD + "\n");
  }

  /** An authorization server that answers who shows the registered certificate. */
  private String start(boolean onlyTrusted) throws Exception {
    SSLContext context = server.context(one, two);
    HttpsServer https =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    https.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters tls = context.getDefaultSSLParameters();
            if (onlyTrusted) {
              tls.setNeedClientAuth(true);
            } else {
              tls.setWantClientAuth(true);
            }
            parameters.setSSLParameters(tls);
          }
        });
    https.createContext("/introspect", exchange -> introspect((HttpsExchange) exchange));
    https.start();
    running = Optional.of(https);
    return "https://localhost:" + https.getAddress().getPort();
  }

  private void introspect(HttpsExchange exchange) throws IOException {
    String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Optional<Certificate> shown = Optional.empty();
    try {
      shown = Optional.of(exchange.getSSLSession().getPeerCertificates()[0]);
    } catch (SSLPeerUnverifiedException e) {
      // None.
    }
    asked.add(new Asked(shown, form, exchange.getRequestHeaders().containsKey("Authorization")));
    boolean known = shown.isPresent() && shown.equals(registered);
    answer(exchange, known ? 200 : 401, known ? GOOD : "{\"error\":\"invalid_client\"}");
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private Map<String, String> settings(String issuer) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("resource", Engines.RESOURCE);
    settings.put("authorization-servers", issuer);
    settings.put("allow-http-on-loopback", "true");
    settings.put("tokens", "opaque");
    settings.put("introspection-endpoint", issuer + "/introspect");
    settings.put("introspection-client-id", "rs 1");
    settings.put("introspection-key-store", keyStore.toString());
    settings.put("introspection-key-store-password-file", password.toString());
    settings.put("introspection-cache", "PT0S");
    return settings;
  }

  private static ResourceServer engine(Map<String, String> settings) {
    return ResourceServer.create(
        ResourceServerConfig.read(List.of(SettingSource.of("test", settings))));
  }

  private ResourceServer engine(String issuer) {
    return engine(settings(issuer));
  }

  private static MemoryExchange call() {
    return MemoryExchange.of("POST", "/mcp").bearer("opaque-token-0123456789");
  }

  @Test
  void I02_asksWithItsCertificate() throws Exception {
    String issuer = start(true);
    for (String method : List.of("tls_client_auth", "self_signed_tls_client_auth")) {
      asked.clear();
      Map<String, String> settings = settings(issuer);
      settings.put("introspection-auth", method);
      try (ResourceServer engine = engine(settings)) {
        assertTrue(call().admittedBy(engine));
      }
      Asked question = asked.get(0);
      assertEquals(Optional.of(one.certificate()), question.certificate());
      assertEquals(
          "token=opaque-token-0123456789&token_type_hint=access_token&client_id=rs+1",
          question.form());
      assertFalse(question.authorization());
    }
  }

  @Test
  void I02_IN5_aCertificateThatIsNotRegisteredIsAnOutageAndAnAlarm() throws Exception {
    String issuer = start(false);
    use(two);
    try (ResourceServer engine = engine(issuer);
        LogCapture log = new LogCapture()) {
      assertEquals(503, call().refusedBy(engine).status());
      assertTrue(
          log.lines.stream().anyMatch(line -> line.startsWith("SEVERE") && line.contains("401")),
          log.lines::toString);
    }
    assertEquals(Optional.of(two.certificate()), asked.get(0).certificate());
  }

  @Test
  void IN6_aRefusedHandshakeIsAnOutage() throws Exception {
    String issuer = start(true);
    use(SelfSigned.make(directory, "stranger"));
    try (ResourceServer engine = engine(issuer);
        LogCapture log = new LogCapture()) {
      assertEquals(503, call().refusedBy(engine).status());
      assertFalse(log.lines.toString().contains(SelfSigned.PASSWORD));
    }
    assertEquals(List.of(), asked);
  }

  @Test
  void I02_withoutACertificateNobodyIsAnswered() throws Exception {
    String issuer = start(false);
    Path secret = Files.writeString(directory.resolve("secret"), "secret");
    Map<String, String> settings = settings(issuer);
    settings.keySet().removeIf(key -> key.startsWith("introspection-key-store"));
    settings.put("introspection-client-secret-file", secret.toString());

    // The other methods show none, even where there is one.
    try (ResourceServer engine = engine(settings)) {
      assertEquals(503, call().refusedBy(engine).status());
    }
  }

  @Test
  void IN20_aRenewedCertificateIsShownWithoutARestart() throws Exception {
    String issuer = start(true);
    try (ResourceServer engine = engine(issuer)) {
      assertTrue(call().admittedBy(engine));

      use(two);
      registered = Optional.of(two.certificate());
      assertTrue(call().admittedBy(engine));
      use(one);
      registered = Optional.of(one.certificate());
      assertTrue(call().admittedBy(engine));
    }
    assertEquals(
        List.of(one.certificate(), two.certificate(), one.certificate()),
        asked.stream().map(question -> question.certificate().orElseThrow()).toList());
  }

  @Test
  void IN20_whatCannotBeOpenedDoesNotDisplaceTheLastGoodOne() throws Exception {
    String issuer = start(true);
    try (ResourceServer engine = engine(issuer);
        LogCapture log = new LogCapture()) {
      assertTrue(call().admittedBy(engine));

      Files.writeString(keyStore, "half a file");
      assertTrue(call().admittedBy(engine));
      assertTrue(
          log.lines.stream().anyMatch(line -> line.contains("introspection-key-store")),
          log.lines::toString);
      Files.delete(keyStore);
      assertTrue(call().admittedBy(engine));
      use(one);
      assertTrue(call().admittedBy(engine));
    }
  }
}
