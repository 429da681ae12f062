package dev.countersign.benchmarks;

import com.nimbusds.jose.JWSAlgorithm;

/** A token that is signed with Ed25519. */
public class Ed25519Benchmark extends ValidationBenchmark {

  /** Makes the key, the token, and the validators. */
  public Ed25519Benchmark() {
    super(JWSAlgorithm.EdDSA, "Ed25519", "EdDSA");
  }
}
