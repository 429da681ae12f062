package dev.countersign.store.jcache;

import com.hazelcast.cache.HazelcastCachingProvider;
import com.hazelcast.cache.HazelcastMemberCachingProvider;
import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Properties;
import javax.cache.CacheManager;

/** A member of a cluster on the loopback, with a store in its cache. */
final class Node implements AutoCloseable {

  static final Duration LONGEST = Duration.ofHours(1);

  private final HazelcastInstance member;
  private final CacheManager manager;
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

  @Override
  public void close() {
    manager.close();
    member.shutdown();
  }

  /** The other JVM: answers one line for each line that it is told. */
  public static void main(String[] arguments) throws IOException {
    try (Node node = start(arguments[0])) {
      System.out.println("members " + node.members());
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        System.out.println(node.answer(line.split(" ")));
      }
    }
  }

  private String answer(String[] words) {
    Duration life = Duration.ofMinutes(5);
    switch (words[0]) {
      case "putIfAbsent":
        return "" + store.putIfAbsent(words[1], life);
      case "contains":
        return "" + store.contains(words[1]);
      case "put":
        store.put(words[1], life);
        return "done";
      default:
        store.remove(words[1]);
        return "done";
    }
  }
}
