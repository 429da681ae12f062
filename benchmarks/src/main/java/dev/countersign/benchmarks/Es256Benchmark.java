package dev.countersign.benchmarks;

import com.nimbusds.jose.JWSAlgorithm;

/** A token that is signed with ES256. */
public class Es256Benchmark extends NimbusValidationBenchmark {

  /** Makes the key, the token, and the validators. */
  public Es256Benchmark() {
    super(JWSAlgorithm.ES256, "SHA256withECDSAinP1363Format", "ES256");
  }
}
