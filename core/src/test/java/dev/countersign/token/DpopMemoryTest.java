package dev.countersign.token;

import static dev.countersign.token.DpopBench.CLIENT;
import static dev.countersign.token.DpopBench.OTHER;
import static dev.countersign.token.DpopBench.bound;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.config.Binding;
import dev.countersign.config.ConfigBuilder;
import dev.countersign.config.SenderConstraintBuilder;
import dev.countersign.http.FieldLine;
import dev.countersign.spi.InMemorySharedStore;
import dev.countersign.spi.SharedStore;
import dev.countersign.spi.StoreUnavailableException;
import dev.countersign.token.DpopBench.Call;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proofs that are used again, and nonces. */
class DpopMemoryTest {

  /** A store that does not answer. */
  private static final SharedStore BROKEN =
      new SharedStore() {
        @Override
        public boolean putIfAbsent(String key, Duration life) {
          throw new StoreUnavailableException("secret " + key);
        }

        @Override
        public boolean contains(String key) {
          throw new StoreUnavailableException("secret");
        }

        @Override
        public void put(String key, Duration life) {
          throw new StoreUnavailableException("secret");
        }

        @Override
        public void remove(String key) {
          throw new StoreUnavailableException("secret");
        }
      };

  private static Consumer<ConfigBuilder> dpop(Consumer<SenderConstraintBuilder> more) {
    return builder -> more.accept(builder.senderConstraint().dpop(Binding.OPTIONAL));
  }

  private static DpopBench withNonce() {
    return DpopBench.of(dpop(constraint -> constraint.dpopNonce(true)));
  }

  private static DpopBench withStore(SharedStore store) {
    return DpopBench.of(
        builder -> {
          builder.senderConstraint().dpop(Binding.OPTIONAL);
          builder.sharedStore(store);
        });
  }

  private final DpopBench bench = DpopBench.optional();

  private static Call again(Call call) {
    Call copy = new Call();
    call.headers("Authorization").forEach(line -> copy.field("Authorization", line));
    call.headers("DPoP").forEach(line -> copy.field("DPoP", line));
    return copy;
  }

  @Test
  void D32_DP24_refusesAProofThatWasUsed() {
    Call call = bench.good();
    bench.admitted(call);
    bench.refusedProof(again(call));
    bench.admitted(bench.good());

    DpopBench careless = DpopBench.of(dpop(constraint -> constraint.dpopReplay(false)));
    Call twice = careless.good();
    careless.admitted(twice);
    careless.admitted(again(twice));
  }

  @Test
  void DP25_DP30_aProofIsRememberedAsLongAsItWouldBeTaken() {
    long now = bench.clock.instant().getEpochSecond();
    Call call = bench.claim("iat", now + 300);
    bench.admitted(call);
    for (int minutes = 0; minutes < 12; minutes++) {
      bench.clock.advance(Duration.ofSeconds(50));
      bench.refusedProof(again(call));
    }
    bench.clock.advance(Duration.ofSeconds(60));
    bench.refusedProof(again(call));
  }

  @Test
  void DP26_anotherKeyMayUseTheSameId() {
    String one = bound(CLIENT);
    String other = bound(OTHER);
    bench.admitted(
        new Call()
            .dpop(
                one,
                CLIENT.sign(
                    DpopBench.header(CLIENT), DpopBench.put(bench.claims(one), "jti", "x"))));
    bench.admitted(
        new Call()
            .dpop(
                other,
                OTHER.sign(
                    DpopBench.header(OTHER), DpopBench.put(bench.claims(other), "jti", "x"))));
  }

  @Test
  void DP27_ofManyAtOnceOneIsAdmitted() throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      Call call = bench.good();
      List<Future<Integer>> all =
          threads.invokeAll(
              IntStream.range(0, 64)
                  .<java.util.concurrent.Callable<Integer>>mapToObj(
                      i -> () -> bench.status(again(call)))
                  .toList());
      int admitted = 0;
      for (Future<Integer> one : all) {
        admitted += one.get() == 200 ? 1 : 0;
      }
      assertEquals(1, admitted);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void DP28_aFullStoreRefusesAndForgetsNothing() {
    DpopBench small = withStore(new InMemorySharedStore(10, 10, InstantSource.fixed(Bench.NOW)));
    Call first = small.good();
    small.admitted(first);
    for (int run = 1; run < 10; run++) {
      small.admitted(small.good());
    }
    for (int run = 0; run < 20; run++) {
      assertEquals(503, small.status(small.good()));
    }
    small.refusedProof(again(first));
  }

  @Test
  void DP28_theUsualStoreRefusesWhatItHasNoRoomFor() {
    InMemorySharedStore store = InMemorySharedStore.create(InstantSource.fixed(Bench.NOW));
    DpopBench usual = withStore(store);
    Call first = usual.good();
    usual.admitted(first);
    for (int at = 1; at < InMemorySharedStore.DEFAULT_ENTRIES; at++) {
      store.putIfAbsent("dpop:" + at % 1000 + ":" + at, Duration.ofMinutes(5));
    }

    Call late = usual.good();
    assertEquals(503, usual.status(late));
    assertTrue(late.response.orElseThrow().values("WWW-Authenticate").isEmpty());
    assertFalse(late.response.orElseThrow().values("Retry-After").isEmpty());
    usual.refusedProof(again(first));
  }

  @Test
  void DP29_aKeyThatFillsItsShareLeavesTheOthersAlone() {
    DpopBench small = withStore(new InMemorySharedStore(10, 5, InstantSource.fixed(Bench.NOW)));
    for (int run = 0; run < 5; run++) {
      small.admitted(small.good());
    }
    assertEquals(503, small.status(small.good()));
    String other = bound(OTHER);
    small.admitted(new Call().dpop(other, small.proof(OTHER, other)));
  }

  @Test
  void DP31_aStoreThatFailsIsAnOutage() {
    DpopBench broken = withStore(BROKEN);
    Call call = broken.good();

    assertEquals(503, broken.status(call));
    assertTrue(call.response.orElseThrow().values("WWW-Authenticate").isEmpty());
    assertFalse(call.response.orElseThrow().toString().contains("secret"));
  }

  private static String nonceOf(Call call) {
    List<String> nonces =
        call.response.isPresent()
            ? call.response.get().values("DPoP-Nonce")
            : call.admission.orElseThrow().fields().stream()
                .filter(field -> field.name().equals("DPoP-Nonce"))
                .map(FieldLine::value)
                .toList();
    assertEquals(1, nonces.size(), () -> "one nonce expected, not " + nonces);
    return nonces.get(0);
  }

  private static String fresh(DpopBench bench) {
    Call call = bench.good();
    bench.refused(call, "use_dpop_nonce");
    return nonceOf(call);
  }

  @Test
  void D14_D26_D31_DP32_demandsANonceAndGivesIt() {
    DpopBench demanding = withNonce();
    String nonce = fresh(demanding);
    demanding.admitted(demanding.claim("nonce", nonce));
    for (Object wrong :
        List.of("", "wrong", nonce + "x", nonce.toLowerCase(java.util.Locale.ROOT))) {
      Call call = demanding.claim("nonce", wrong);
      demanding.refused(call, "use_dpop_nonce");
      assertEquals(nonce, nonceOf(call));
    }
    demanding.clock.advance(DpopNonces.EPOCH.multipliedBy(2));
    Call late = demanding.claim("nonce", nonce);
    demanding.refused(late, "use_dpop_nonce");
    assertNotEquals(nonce, nonceOf(late));
  }

  @Test
  void D28_D29_DP33_DP37_anOldNonceIsTakenAndReplaced() {
    DpopBench demanding = withNonce();
    String nonce = fresh(demanding);
    Call current = demanding.claim("nonce", nonce);
    demanding.admitted(current);
    assertEquals(List.of(), current.admission.orElseThrow().fields());

    demanding.clock.advance(DpopNonces.EPOCH);
    Call old = demanding.claim("nonce", nonce);
    demanding.admitted(old);
    String next = nonceOf(old);
    assertNotEquals(nonce, next);
    demanding.admitted(demanding.claim("nonce", next));
    Call refused = demanding.good();
    demanding.refused(refused, "use_dpop_nonce");
    assertEquals(List.of("no-store"), refused.response.orElseThrow().values("Cache-Control"));
  }

  @Test
  void D30_DP34_nodesWithOneKeyTakeEachOthersNonces(@TempDir Path directory) throws IOException {
    byte[] bytes = new byte[32];
    new java.security.SecureRandom().nextBytes(bytes);
    Path file = Files.write(directory.resolve("key"), bytes);
    Consumer<ConfigBuilder> shared =
        dpop(constraint -> constraint.dpopNonce(true).dpopNonceKeyFile(file));
    DpopBench one = DpopBench.of(shared);
    DpopBench other = DpopBench.of(shared);

    other.admitted(other.claim("nonce", fresh(one)));
    withNonce().refused(other.claim("nonce", fresh(one)), "use_dpop_nonce");
    other.clock.advance(DpopNonces.EPOCH);
    one.admitted(one.claim("nonce", fresh(other)));
  }

  @Test
  void DP35_aHostileNonceIsNotSentBack() {
    DpopBench demanding = withNonce();
    for (String hostile :
        List.of("a\r\nSet-Cookie: x=y", "\"quoted\"", "b".repeat(4000), "\u0000")) {
      Call call = demanding.claim("nonce", hostile);
      demanding.refused(call, "use_dpop_nonce");
      assertFalse(call.response.orElseThrow().toString().contains(hostile));
    }
    demanding.refusedProof(demanding.claim("nonce", 1L));
    assertEquals(401, demanding.status(demanding.claim("nonce", "c".repeat(1_000_000))));
  }

  @Test
  void D27_DP36_noncesAreUnpredictableAndInTheirAlphabet() {
    DpopNonces nonces = new DpopNonces(NonceKey.random());
    DpopNonces others = new DpopNonces(NonceKey.random());
    Set<String> seen = new HashSet<>();
    Instant at = Instant.EPOCH;
    for (int epoch = 0; epoch < 100_000; epoch++) {
      String nonce = nonces.current(at);
      assertTrue(
          nonce
              .chars()
              .allMatch(c -> c == 0x21 || (c >= 0x23 && c <= 0x5B) || (c >= 0x5D && c <= 0x7E)));
      assertEquals(43, nonce.length());
      assertTrue(seen.add(nonce));
      at = at.plus(DpopNonces.EPOCH);
    }
    assertFalse(seen.contains(others.current(Instant.EPOCH)));
    assertEquals("NonceKey[redacted]", NonceKey.random().toString());
  }

  @Test
  void DP38_aProofFromBeforeTheStartNeedsANonce() {
    DpopBench restarted = DpopBench.optional();
    DpopProofs proofs = proofs(new InMemorySharedStore(10, 10, restarted.clock), false, restarted);
    String token = bound(CLIENT);
    restarted.clock.advance(Duration.ofSeconds(60));
    DpopVerdict old = proofs.judge(request(restarted, token, -61, ""));
    assertEquals(dev.countersign.oauth.Denial.USE_DPOP_NONCE, ((DpopVerdict.Refused) old).why());
    assertEquals(
        new DpopVerdict.Proven(false),
        proofs.judge(request(restarted, token, -61, proofs.nonce())));
    assertEquals(new DpopVerdict.Proven(false), proofs.judge(request(restarted, token, -59, "")));
    DpopProofs outliving =
        proofs(new InMemorySharedStore(10, 10, restarted.clock), true, restarted);
    assertEquals(
        new DpopVerdict.Proven(false), outliving.judge(request(restarted, token, -61, "")));
  }

  private static DpopProofs proofs(SharedStore store, boolean outlives, DpopBench bench) {
    return new DpopProofs(
        new DpopProofs.Settings(
            Set.of(SignatureAlgorithm.ES256),
            Duration.ofMinutes(5),
            Duration.ofSeconds(30),
            false,
            true,
            outlives),
        NonceKey.random(),
        store,
        bench.clock);
  }

  private static DpopRequest request(DpopBench bench, String token, long age, String nonce) {
    Map<String, Object> claims = bench.claims(token);
    claims.put("iat", bench.clock.instant().getEpochSecond() + age);
    if (!nonce.isEmpty()) {
      claims.put("nonce", nonce);
    }
    return new DpopRequest(
        List.of(CLIENT.sign(DpopBench.header(CLIENT), claims)),
        "POST",
        DpopBench.URI,
        dev.countersign.oauth.BearerToken.of(token),
        DpopBench.thumbprint(CLIENT));
  }
}
