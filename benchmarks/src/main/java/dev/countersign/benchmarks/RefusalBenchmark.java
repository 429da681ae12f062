package dev.countersign.benchmarks;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import dev.countersign.ResourceServer;
import dev.countersign.http.Response;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Requests that are answered 401. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RefusalBenchmark {

  private final Issuer issuer;
  private final ResourceServer engine;
  private final Call bare = new Call(null);
  private final Call garbage;
  private final Call forged;
  private final Response plain = Response.json(401, List.of(), "{}");

  /** Makes the engine and what it is sent. */
  public RefusalBenchmark() {
    try {
      issuer = new Issuer(JWSAlgorithm.RS256);
      String token = issuer.token();
      garbage = new Call("Bearer " + "A".repeat(token.length()));
      int dot = token.lastIndexOf('.');
      char other = token.charAt(dot + 9) == 'A' ? 'B' : 'A';
      forged =
          new Call("Bearer " + token.substring(0, dot + 9) + other + token.substring(dot + 10));
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
   * No credentials.
   *
   * @return false
   * @throws IOException never
   */
  @Benchmark
  public boolean countersign() throws IOException {
    return engine.admit(bare);
  }

  /**
   * A text that is no token.
   *
   * @return false
   * @throws IOException never
   */
  @Benchmark
  public boolean countersignGarbage() throws IOException {
    return engine.admit(garbage);
  }

  /**
   * The same forged token again and again.
   *
   * @return false
   * @throws IOException never
   */
  @Benchmark
  public boolean countersignForged() throws IOException {
    return engine.admit(forged);
  }

  /**
   * An answer that is there already.
   *
   * @return the answer
   */
  @Benchmark
  public Object plain401() {
    bare.send(plain);
    return bare;
  }
}
