package dev.countersign.benchmarks;

import com.nimbusds.jose.JWSAlgorithm;
import com.sun.management.ThreadMXBean;
import dev.countersign.ResourceServer;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;

/**
 * The hot path in calls instead of seconds: on a machine that is busy with something else a warm-up
 * of some seconds warms nothing. Prints the best of five rounds, CPU time and bytes of the calling
 * thread.
 */
public final class CountedRuns {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int ROUNDS = 5;
  private static final int CHEAP = 50_000;
  private static final int DEAR = 8_000;

  private static volatile boolean result;

  private CountedRuns() {}

  /**
   * Runs and prints.
   *
   * @param args none
   * @throws Exception if a token is judged wrongly
   */
  public static void main(String[] args) throws Exception {
    System.out.printf("JDK %s%n", System.getProperty("java.vm.version"));
    try (Issuer issuer = new Issuer(JWSAlgorithm.RS256);
        ResourceServer engine = issuer.engine(64 * 1024 * 1024)) {
      String token = issuer.token();
      Call known = new Call("Bearer " + token);
      Call none = new Call(null);
      Call garbage = new Call("Bearer " + "A".repeat(token.length()));
      print("request", CHEAP, () -> known.headers("Authorization").isEmpty());
      print("accepted from the cache", CHEAP, () -> engine.admit(known));
      print("no credentials", CHEAP, () -> engine.admit(none));
      print("garbage", CHEAP, () -> engine.admit(garbage));
    }
    CachedBenchmark cached = new CachedBenchmark();
    print("map hit", CHEAP, cached::mapHit);
    cached.close();
    Rs256Benchmark anew = new Rs256Benchmark();
    print("RS256, bare", DEAR, anew::jdkVerification);
    print("RS256, judged anew", DEAR, anew::countersign);
    print("RS256, bare", DEAR, anew::jdkVerification);
    print("RS256, judged anew", DEAR, anew::countersign);
    anew.close();
  }

  private static void print(String name, int calls, Callable<Boolean> call) throws Exception {
    run(3 * calls, call);
    long cpu = Long.MAX_VALUE;
    long bytes = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long thread = Thread.currentThread().getId();
      long cpuBefore = THREADS.getThreadCpuTime(thread);
      long bytesBefore = THREADS.getThreadAllocatedBytes(thread);
      run(calls, call);
      cpu = Math.min(cpu, THREADS.getThreadCpuTime(thread) - cpuBefore);
      bytes = Math.min(bytes, THREADS.getThreadAllocatedBytes(thread) - bytesBefore);
    }
    System.out.printf("%-26s%10d ns%10d B%n", name, cpu / calls, bytes / calls);
  }

  private static void run(int calls, Callable<Boolean> call) throws Exception {
    for (int i = 0; i < calls; i++) {
      result = call.call();
    }
  }
}
