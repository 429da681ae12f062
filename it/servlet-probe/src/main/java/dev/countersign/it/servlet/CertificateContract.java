package dev.countersign.it.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.ResourceServer;
import dev.countersign.config.Binding;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.config.SenderConstraintBuilder;
import dev.countersign.servlet.ResourceServerFilter;
import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.ProbeApplication;
import dev.countersign.testkit.RunningServer;
import dev.countersign.testkit.Tokens;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tokens that are bound to a client certificate (RFC 8705 section 3), over TLS that the container
 * ends, and behind a proxy that ends it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
public abstract class CertificateContract {

  private static final String RESOURCE = "https://mcp.example.com/mcp";
  private static final String FIELD = "Client-Cert";
  private static final String REFUSED = "401 invalid_token";

  private final TlsContainer container;
  private final FakeAuthorizationServer authorizationServer = FakeAuthorizationServer.start();
  private final Tokens tokens = authorizationServer.tokens(RESOURCE);
  private final ProbeApplication probe = new ProbeApplication();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private Parties parties = Parties.NOBODY;

  /** Who takes part: the clients accept the server, and the server the clients. */
  private record Parties(Map<String, Identity> byName) {

    static final Parties NOBODY = new Parties(Map.of());

    static Parties make(Path directory) throws Exception {
      Identity server = Identity.make(directory, "server");
      Identity one = Identity.make(directory, "one");
      Identity two = Identity.make(directory, "two");
      server.trust(one, two);
      one.trust(server);
      two.trust(server);
      return new Parties(Map.of("server", server, "one", one, "two", two));
    }

    Identity of(String name) {
      Identity identity = byName.get(name);
      if (identity == null) {
        throw new AssertionError("nobody is called " + name);
      }
      return identity;
    }

    SSLContext tls(String name) throws Exception {
      return name.equals("nobody") ? of("one").anonymous() : of(name).context();
    }
  }

  /**
   * For the subclass.
   *
   * @param container what to start
   */
  protected CertificateContract(TlsContainer container) {
    this.container = container;
  }

  @BeforeAll
  void makeParties(@TempDir Path directory) throws Exception {
    parties = Parties.make(directory);
  }

  @AfterAll
  void stopAuthorizationServer() {
    authorizationServer.close();
  }

  @AfterEach
  void stop() throws Exception {
    probe.clear();
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  private WebApplication application(Consumer<SenderConstraintBuilder> more) {
    var config =
        ResourceServerConfig.builder(RESOURCE)
            .authorizationServer(authorizationServer.issuer())
            .allowHttpOnLoopback();
    more.accept(config.senderConstraint().certificateBoundTokens(Binding.OPTIONAL));
    ResourceServer engine = ResourceServer.create(config.build());
    open.push(engine);
    return new WebApplication(
        "",
        "",
        context -> {
          Guarded.filter(context.addFilter("gate", new ResourceServerFilter(engine)));
          Guarded.servlet(context, "probe", new ProbeServlet(probe), "/*");
        });
  }

  private URI started(RunningServer server) {
    open.push(server.stop());
    return server.uri();
  }

  /** A container that ends TLS. */
  private URI direct(Consumer<SenderConstraintBuilder> more) throws Exception {
    return started(container.startTls(application(more), parties.of("server")));
  }

  /** A container behind a proxy that ends TLS. */
  private URI behindProxy(String field, Function<byte[], String> form, String trusted)
      throws Exception {
    URI backend =
        started(
            container.start(
                application(
                    constraint -> {
                      constraint.clientCertificateHeader(field);
                      for (String proxy : trusted.split(",")) {
                        constraint.trustedProxy(proxy);
                      }
                    })));
    CertificateProxy proxy = new CertificateProxy(parties.of("server"), backend, field, form);
    open.push(proxy);
    return proxy.uri();
  }

  private HttpClient client(String name) throws Exception {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .sslContext(parties.tls(name))
        .build();
  }

  private String boundTo(String name) throws GeneralSecurityException {
    return tokens.mint().claim("cnf", Map.of("x5t#S256", parties.of(name).thumbprint())).text();
  }

  /** What becomes of a request. */
  private static String call(HttpClient client, URI server, String token, String... fields)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve("/mcp"))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}"));
    if (fields.length > 0) {
      request.headers(fields);
    }
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    boolean invalid =
        String.join(",", response.headers().allValues("WWW-Authenticate"))
            .contains("error=\"invalid_token\"");
    return response.statusCode() + (invalid ? " invalid_token" : "");
  }

  // RFC 9440 section 2.1
  private static String binary(byte[] der) {
    return ":" + Base64.getEncoder().encodeToString(der) + ":";
  }

  private static String escapedPem(byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    String pem = "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
    return URLEncoder.encode(pem, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private String certificateOf(String name) throws GeneralSecurityException {
    return binary(parties.of(name).certificate().getEncoded());
  }

  @Test
  void X01_X02_X07_theCertificateOfTheConnectionCounts() throws Exception {
    URI server = direct(constraint -> {});
    String ofOne = boundTo("one");
    String ofTwo = boundTo("two");
    HttpClient one = client("one");
    HttpClient two = client("two");
    HttpClient nobody = client("nobody");

    assertEquals("200", call(one, server, ofOne));
    assertEquals(REFUSED, call(two, server, ofOne));
    assertEquals(REFUSED, call(nobody, server, ofOne));
    // On the same connections again: nothing stays of another request.
    assertEquals(REFUSED, call(one, server, ofTwo));
    assertEquals("200", call(two, server, ofTwo));
    assertEquals("200", call(one, server, ofOne));
    for (HttpClient client : new HttpClient[] {one, two, nobody}) {
      assertEquals("200", call(client, server, tokens.valid()));
    }
    assertEquals(6, probe.invocations());
  }

  @Test
  void X05_aFieldIsNoCertificateWhereTheServerEndsTls() throws Exception {
    URI withoutField = direct(constraint -> {});
    URI withField =
        direct(constraint -> constraint.clientCertificateHeader(FIELD).trustedProxy("192.0.2.1"));
    for (URI server : new URI[] {withoutField, withField}) {
      assertEquals(
          REFUSED, call(client("two"), server, boundTo("one"), FIELD, certificateOf("one")));
      assertEquals(
          REFUSED, call(client("nobody"), server, boundTo("one"), FIELD, certificateOf("one")));
      assertEquals("200", call(client("one"), server, boundTo("one"), FIELD, "garbage"));
    }
  }

  private void theProxyHandsTheCertificateOn(URI proxy, String field) throws Exception {
    assertEquals("200", call(client("one"), proxy, boundTo("one")));
    assertEquals("200", call(client("two"), proxy, boundTo("two")));
    assertEquals(REFUSED, call(client("two"), proxy, boundTo("one")));
    assertEquals(REFUSED, call(client("nobody"), proxy, boundTo("one")));
    assertEquals("200", call(client("nobody"), proxy, tokens.valid()));
    // The proxy drops what a client sends itself.
    assertEquals(REFUSED, call(client("two"), proxy, boundTo("one"), field, certificateOf("one")));
    assertEquals(
        REFUSED, call(client("nobody"), proxy, boundTo("one"), field, certificateOf("one")));
    assertEquals("200", call(client("one"), proxy, boundTo("one"), field, certificateOf("two")));
  }

  @Test
  void X01_X02_X05_aTrustedProxyHandsTheCertificateOn() throws Exception {
    theProxyHandsTheCertificateOn(
        behindProxy(FIELD, CertificateContract::binary, "127.0.0.0/8,::1"), FIELD);
  }

  @Test
  void X05_aTrustedProxyHandsPemOnInAFieldOfItsOwn() throws Exception {
    String field = "X-SSL-Client-Cert";
    theProxyHandsTheCertificateOn(
        behindProxy(field, CertificateContract::escapedPem, "127.0.0.1,::1"), field);
  }

  @Test
  void X05_aProxyThatIsNotTrustedIsNotBelieved() throws Exception {
    URI proxy = behindProxy(FIELD, CertificateContract::binary, "192.0.2.0/24");

    assertEquals(REFUSED, call(client("one"), proxy, boundTo("one")));
    assertEquals("200", call(client("one"), proxy, tokens.valid()));
  }
}
