package dev.countersign.store.jcache;

import com.hazelcast.cache.HazelcastCachingProvider;
import com.hazelcast.cache.HazelcastMemberCachingProvider;
import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.countersign.ResourceServer;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.spi.Revocation;
import dev.countersign.testkit.RecordingExchange;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Properties;
import javax.cache.CacheManager;

/** A member of a cluster on the loopback, with a store in its cache. */
final class Node implements AutoCloseable {

  static final Duration LONGEST = Duration.ofHours(1);
  static final String RESOURCE = "https://mcp.example.com/mcp";
  private static final Duration LIFE = Duration.ofMinutes(5);

  private final HazelcastInstance member;
  private final CacheManager manager;
  private Optional<ResourceServer> engine = Optional.empty();
  final JCacheSharedStore store;

  private Node(HazelcastInstance member) {
    this.member = member;
    Properties properties = HazelcastCachingProvider.propertiesByInstanceItself(member);
    this.manager =
        new HazelcastMemberCachingProvider()
            .getCacheManager(null, Node.class.getClassLoader(), properties);
    this.store = JCacheSharedStore.create(manager, "countersign", LONGEST, InstantSource.system());
  }

  /** Starts a member on a free port; joins the one at this address unless it is empty. */
  static Node start(String joined) {
    Config config = new Config();
    config.setClusterName("countersign-test");
    config.setProperty("hazelcast.logging.type", "none");
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.socket.bind.any", "false");
    config.getNetworkConfig().setPort(0);
    config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    JoinConfig join = config.getNetworkConfig().getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(true);
    if (!joined.isEmpty()) {
      join.getTcpIpConfig().addMember(joined);
    }
    return new Node(Hazelcast.newHazelcastInstance(config));
  }

  String address() {
    return "127.0.0.1:" + member.getCluster().getLocalMember().getAddress().getPort();
  }

  int members() {
    return member.getCluster().getMembers().size();
  }

  /** Begins to judge tokens of an issuer. */
  void serve(String issuer) {
    engine =
        Optional.of(
            ResourceServer.create(
                ResourceServerConfig.builder(RESOURCE)
                    .authorizationServer(issuer)
                    .allowHttpOnLoopback()
                    .sharedStore(store)
                    .build()));
  }

  ResourceServer engine() {
    return engine.orElseThrow();
  }

  /** What becomes of a request with a token. */
  String call(String token) throws IOException {
    RecordingExchange exchange = RecordingExchange.of("POST", "/mcp").bearer(token);
    return engine().admit(exchange)
        ? "admitted"
        : exchange.response().orElseThrow().status()
            + (exchange.response().toString().contains("invalid_token") ? " invalid_token" : "");
  }

  /** What the application does at the end of a session (OpenID Connect Back-Channel Logout). */
  void logout(String session) {
    engine().revoke(logoutOf(session), LIFE);
  }

  Revocation logoutOf(String session) {
    String issuer = engine().config().issuers().get(0).issuer();
    return new Revocation(Revocation.Kind.SESSION, issuer, session);
  }

  @Override
  public void close() {
    engine.ifPresent(ResourceServer::close);
    manager.close();
    member.shutdown();
  }

  /** The other JVM: answers one line for each line that it is told. */
  public static void main(String[] arguments) throws IOException {
    try (Node node = start(arguments[0])) {
      if (arguments.length > 1) {
        node.serve(arguments[1]);
      }
      System.out.println("members " + node.members());
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        System.out.println(node.answer(line.split(" ")));
      }
    }
  }

  private String answer(String[] words) throws IOException {
    switch (words[0]) {
      case "call":
        return call(words[1]);
      case "logout":
        logout(words[1]);
        return "done";
      case "putIfAbsent":
        return "" + store.putIfAbsent(words[1], LIFE);
      case "contains":
        return "" + store.contains(words[1]);
      case "put":
        store.put(words[1], LIFE);
        return "done";
      default:
        store.remove(words[1]);
        return "done";
    }
  }
}
