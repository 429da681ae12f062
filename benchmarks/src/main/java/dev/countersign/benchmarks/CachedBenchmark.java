package dev.countersign.benchmarks;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import dev.countersign.ResourceServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A token that was accepted a moment ago, in a new text each time. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CachedBenchmark {

  private final Issuer issuer;
  private final ResourceServer engine;
  private final Call call;
  private final byte[] token;
  private final Map<String, Boolean> map = new ConcurrentHashMap<>();
  private final MessageDigest sha256;

  /** Makes the token and the engine. */
  public CachedBenchmark() {
    try {
      issuer = new Issuer(JWSAlgorithm.RS256);
      String text = issuer.token();
      call = new Call("Bearer " + text);
      token = text.getBytes(StandardCharsets.US_ASCII);
      map.put(text, true);
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (GeneralSecurityException | IOException | JOSEException e) {
      throw new IllegalStateException(e);
    }
    engine = issuer.engine(64 * 1024 * 1024);
  }

  /** Ends the servers. */
  @TearDown
  public void close() {
    engine.close();
    issuer.close();
  }

  /**
   * The whole engine.
   *
   * @return true
   * @throws IOException never
   */
  @Benchmark
  public boolean countersign() throws IOException {
    return engine.admit(call);
  }

  /**
   * What it costs to find a text in a map that holds texts.
   *
   * @return true
   */
  @Benchmark
  public boolean mapHit() {
    return map.getOrDefault(new String(token, StandardCharsets.ISO_8859_1), false);
  }

  /**
   * The digest alone.
   *
   * @return 32 bytes
   */
  @Benchmark
  public byte[] sha256() {
    return sha256.digest(token);
  }

  /**
   * What a request in this benchmark costs before anybody looks at it.
   *
   * @return the field
   */
  @Benchmark
  public Object request() {
    return call.headers("Authorization");
  }
}
