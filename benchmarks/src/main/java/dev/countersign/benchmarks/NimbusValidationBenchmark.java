package dev.countersign.benchmarks;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.JWTProcessor;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** The algorithms that nimbus verifies without further libraries, and Spring Security on it. */
public abstract class NimbusValidationBenchmark extends ValidationBenchmark {

  private final JWTProcessor<SecurityContext> nimbus;
  private final NimbusJwtDecoder spring;

  NimbusValidationBenchmark(JWSAlgorithm algorithm, String jdkName, String jose4jName) {
    super(algorithm, jdkName, jose4jName);
    nimbus = nimbusProcessor();
    var processor = nimbusProcessor();
    // As its builder does it: the checks of claims are Spring's own.
    processor.setJWTClaimsSetVerifier((claims, context) -> {});
    spring = new NimbusJwtDecoder(processor);
    spring.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            new JwtTimestampValidator(Duration.ofSeconds(30)),
            new JwtIssuerValidator(issuer.name()),
            new JwtClaimValidator<List<String>>(
                "aud", audience -> audience != null && audience.contains(Issuer.RESOURCE))));
  }

  /**
   * The processor of nimbus.
   *
   * @return the claims
   * @throws BadJOSEException never
   * @throws JOSEException never
   * @throws ParseException never
   */
  @Benchmark
  public Object nimbus() throws BadJOSEException, JOSEException, ParseException {
    return nimbus.process(token, null);
  }

  /**
   * The decoder of Spring Security's resource server.
   *
   * @return the token
   */
  @Benchmark
  public Object springSecurity() {
    return spring.decode(token);
  }
}
