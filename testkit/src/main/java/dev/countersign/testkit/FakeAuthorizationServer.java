package dev.countersign.testkit;

import dev.countersign.http.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An authorization server on the loopback, as far as a resource server knows one: metadata (RFC
 * 8414 and OpenID Connect Discovery), a key set (RFC 7517) and token introspection (RFC 7662).
 * Every request is counted, and every endpoint can {@link #fail}.
 *
 * <pre>
 * try (FakeAuthorizationServer server = FakeAuthorizationServer.start()) {
 *   String token = server.tokens("https://mcp.example.com/mcp").valid();
 * }
 * </pre>
 *
 * <p>Thread-safe.
 */
public final class FakeAuthorizationServer implements AutoCloseable {

  /** What can be asked for. */
  public enum Endpoint {
    /**
     * Metadata where RFC 8414 section 3.1 puts it: the well-known string before the path of the
     * issuer.
     */
    OAUTH_METADATA,
    /**
     * OpenID metadata with the well-known string before the path of the issuer (RFC 8414 section
     * 5).
     */
    OPENID_METADATA,
    /** OpenID metadata behind the path of the issuer (OpenID Connect Discovery section 4). */
    OPENID_METADATA_APPENDED,
    /** The key set. */
    KEYS,
    /** Token introspection. */
    INTROSPECTION;

    String path(String issuerPath) {
      return switch (this) {
        case OAUTH_METADATA -> "/.well-known/oauth-authorization-server" + issuerPath;
        case OPENID_METADATA -> "/.well-known/openid-configuration" + issuerPath;
        case OPENID_METADATA_APPENDED -> issuerPath + "/.well-known/openid-configuration";
        case KEYS -> issuerPath + "/keys";
        case INTROSPECTION -> issuerPath + "/introspect";
      };
    }
  }

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String issuerPath;
  private final Optional<CertificateAuthority> authority;
  private final List<ReceivedRequest> requests = new ArrayList<>();
  private final Map<Endpoint, Fault> faults = new EnumMap<>(Endpoint.class);
  private List<SigningKey> keys = List.of(SigningKey.rsa("key-1"));
  private TlsFault tlsFault = TlsFault.NONE;
  private int keysMade = 1;
  private int port;
  private @Nullable LoopbackServer server;
  private @Nullable Introspection introspection;

  private FakeAuthorizationServer(String issuerPath, Optional<CertificateAuthority> authority) {
    this.issuerPath = issuerPath;
    this.authority = authority;
  }

  /**
   * Starts a server whose issuer has no path: {@code http://localhost:PORT}.
   *
   * @return the running server
   */
  public static FakeAuthorizationServer start() {
    return start("");
  }

  /**
   * Starts a server whose issuer has a path.
   *
   * @param issuerPath begins with a slash, does not end with one: {@code /tenant}; empty for none
   * @return the running server
   */
  public static FakeAuthorizationServer start(String issuerPath) {
    return started(new FakeAuthorizationServer(issuerPath, Optional.empty()));
  }

  /**
   * Starts a server on a port that others have been told.
   *
   * @param port the port; 0 takes a free one
   * @return the running server, without a path in its issuer
   * @throws UncheckedIOException if the port is taken
   */
  public static FakeAuthorizationServer onPort(int port) {
    FakeAuthorizationServer server = new FakeAuthorizationServer("", Optional.empty());
    server.port = port;
    return started(server);
  }

  /**
   * Starts a server that speaks TLS: {@code https://localhost:PORT}.
   *
   * @param authority issues its certificates
   * @return the running server
   */
  public static FakeAuthorizationServer startTls(CertificateAuthority authority) {
    return started(new FakeAuthorizationServer("", Optional.of(authority)));
  }

  private static FakeAuthorizationServer started(FakeAuthorizationServer server) {
    server.comeBack();
    return server;
  }

  /**
   * The issuer identifier.
   *
   * @return the {@code iss} of its tokens
   */
  public String issuer() {
    return origin() + issuerPath;
  }

  private synchronized String origin() {
    return (authority.isPresent() ? "https" : "http") + "://localhost:" + port;
  }

  /**
   * A mint with the time of the system.
   *
   * @param audience the resource identifier that tokens are for
   * @return the mint; after {@link #rotateKey()} it signs with the new key
   */
  public Tokens tokens(String audience) {
    return tokens(audience, Clock.systemUTC());
  }

  /**
   * A mint.
   *
   * @param audience the resource identifier that tokens are for
   * @param clock the time of issue
   * @return the mint
   */
  public Tokens tokens(String audience, InstantSource clock) {
    return new Tokens(issuer(), audience, this::key, clock);
  }

  /**
   * What is said about opaque tokens.
   *
   * @return always the same
   */
  public synchronized Introspection introspection() {
    if (introspection == null) {
      introspection = new Introspection(issuer());
    }
    return introspection;
  }

  /**
   * The key that tokens are signed with.
   *
   * @return the newest key of the set
   */
  public synchronized SigningKey key() {
    return keys.get(keys.size() - 1);
  }

  /**
   * Replaces the key set.
   *
   * @param set the keys that are published from now on; the last one signs
   */
  public synchronized void publish(SigningKey... set) {
    keys = List.of(set);
  }

  /**
   * Makes a new RSA key that replaces all others.
   *
   * @return the new key
   */
  public synchronized SigningKey rotateKey() {
    SigningKey key = SigningKey.rsa("key-" + ++keysMade);
    publish(key);
    return key;
  }

  /**
   * Lets an endpoint fail until it is healed.
   *
   * @param endpoint which one
   * @param fault how
   */
  public synchronized void fail(Endpoint endpoint, Fault fault) {
    faults.put(endpoint, fault);
  }

  /**
   * Lets TLS fail on every connection from now on, until it is healed.
   *
   * @param fault how
   */
  public synchronized void fail(TlsFault fault) {
    tlsFault = fault;
  }

  /** Ends every fault. */
  public synchronized void heal() {
    faults.clear();
    tlsFault = TlsFault.NONE;
  }

  private Socket handshake(Socket socket) throws IOException {
    TlsFault fault;
    synchronized (this) {
      fault = tlsFault;
    }
    return authority.isPresent() ? fault.secure(socket, authority.get()) : socket;
  }

  /** Ends all connections and refuses new ones. */
  public void goDown() {
    LoopbackServer running;
    synchronized (this) {
      running = server;
      server = null;
    }
    // Without the lock: whoever is answering now may wait for it.
    if (running != null) {
      try {
        running.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Listens on the same port again. */
  public synchronized void comeBack() {
    if (server != null) {
      return;
    }
    try {
      LoopbackServer started = LoopbackServer.start(port, this::handshake, this::answer);
      port = started.port();
      server = started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Every request so far.
   *
   * @return the requests in the order of their arrival
   */
  public synchronized List<ReceivedRequest> requests() {
    return List.copyOf(requests);
  }

  /**
   * How often an endpoint was asked.
   *
   * @param endpoint which one
   * @return the number of requests
   */
  public int count(Endpoint endpoint) {
    String path = endpoint.path(issuerPath);
    return (int) requests().stream().filter(request -> request.path().equals(path)).count();
  }

  /**
   * Waits until an endpoint was asked so often, at most ten seconds.
   *
   * @param endpoint which one
   * @param count the number of requests to wait for
   * @throws InterruptedException if the thread is interrupted
   * @throws AssertionError if they do not come
   */
  public synchronized void awaitCount(Endpoint endpoint, int count) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (count(endpoint) < count) {
      long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
      if (left <= 0) {
        throw new AssertionError(
            endpoint + " was asked " + count(endpoint) + " times instead of " + count);
      }
      wait(left);
    }
  }

  private void answer(ReceivedRequest request, Wire wire) throws IOException, InterruptedException {
    Fault fault = Fault.none();
    Response healthy = Response.json(404, List.of(), "{}");
    synchronized (this) {
      requests.add(request);
      notifyAll();
      for (Endpoint endpoint : Endpoint.values()) {
        if (endpoint.path(issuerPath).equals(request.path())) {
          fault = faults.getOrDefault(endpoint, fault);
          healthy =
              endpoint == Endpoint.INTROSPECTION
                  ? introspection().respond(request)
                  : document(endpoint);
          break;
        }
      }
    }
    fault.answer(healthy, wire);
  }

  private Response document(Endpoint endpoint) {
    Map<String, Object> document = new LinkedHashMap<>();
    if (endpoint == Endpoint.KEYS) {
      document.put("keys", keys.stream().map(SigningKey::jwk).toList());
    } else {
      document.put("issuer", issuer());
      document.put("authorization_endpoint", issuer() + "/authorize");
      document.put("token_endpoint", issuer() + "/token");
      document.put("registration_endpoint", issuer() + "/register");
      document.put("jwks_uri", origin() + Endpoint.KEYS.path(issuerPath));
      document.put("introspection_endpoint", origin() + Endpoint.INTROSPECTION.path(issuerPath));
      document.put("response_types_supported", List.of("code"));
      document.put("code_challenge_methods_supported", List.of("S256"));
    }
    return Response.json(200, List.of(), StrictJson.write(document));
  }

  @Override
  public void close() {
    goDown();
  }
}
