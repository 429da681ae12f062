package dev.countersign.benchmarks;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import dev.countersign.ResourceServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.stream.IntStream;

/**
 * How much the heap grows under a flood of tokens of which no two are the same: some of them good,
 * most of them with a signature that does not verify.
 *
 * <p>Arguments: how many good ones (each has to be signed first), and how many others.
 */
public final class DistinctTokens {

  private static final int THREADS = 4;

  private DistinctTokens() {}

  /**
   * Runs and prints.
   *
   * @param args the two numbers; 50,000 and 10,000,000 if absent
   * @throws IOException if there is no loopback
   * @throws GeneralSecurityException if the JVM has no RSA
   * @throws JOSEException if nothing can be signed
   */
  public static void main(String[] args)
      throws IOException, GeneralSecurityException, JOSEException {
    int good = args.length > 0 ? Integer.parseInt(args[0]) : 50_000;
    int forged = args.length > 1 ? Integer.parseInt(args[1]) : 10_000_000;
    FastProvider.register();
    try (Issuer issuer = new Issuer(JWSAlgorithm.RS256);
        ResourceServer engine = issuer.engine(64 * 1024 * 1024)) {
      engine.admit(new Call("Bearer " + issuer.token()));
      long before = usedHeap();
      for (int i = 0; i < good; i++) {
        require(engine.admit(new Call("Bearer " + issuer.token())));
      }
      System.out.printf("%,d good tokens: %,d bytes more%n", good, usedHeap() - before);
      String token = issuer.token();
      IntStream.range(0, THREADS)
          .parallel()
          .forEach(part -> flood(engine, token, part * (forged / THREADS), forged / THREADS));
      System.out.printf("%,d forged tokens: %,d bytes more%n", forged, usedHeap() - before);
      engine.admit(new Call("Bearer " + issuer.token()));
    }
  }

  private static void flood(ResourceServer engine, String token, int first, int number) {
    int dot = token.lastIndexOf('.');
    byte[] signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
    for (int i = first; i < first + number; i++) {
      for (int at = 0; at < Integer.BYTES; at++) {
        signature[100 + at] = (byte) (i >> (8 * at));
      }
      String other =
          new String(
              Base64.getUrlEncoder().withoutPadding().encode(signature),
              StandardCharsets.ISO_8859_1);
      require(!admits(engine, new Call("Bearer " + token.substring(0, dot + 1) + other)));
    }
  }

  private static boolean admits(ResourceServer engine, Call call) {
    try {
      return engine.admit(call);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new IllegalStateException("a token was judged wrongly");
    }
  }

  // Two collections: what the first one finalizes is gone after the second.
  private static long usedHeap() {
    System.gc();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
