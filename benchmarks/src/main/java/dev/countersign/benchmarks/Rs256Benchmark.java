package dev.countersign.benchmarks;

import com.nimbusds.jose.JWSAlgorithm;

/** A token that is signed with RS256. */
public class Rs256Benchmark extends NimbusValidationBenchmark {

  /** Makes the key, the token, and the validators. */
  public Rs256Benchmark() {
    super(JWSAlgorithm.RS256, "SHA256withRSA", "RS256");
  }
}
