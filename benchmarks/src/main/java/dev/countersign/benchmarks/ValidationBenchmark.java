package dev.countersign.benchmarks;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.countersign.ResourceServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One token, judged anew each time: signature, type, issuer, audience and times. Ours is the whole
 * engine, scopes and listeners included.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public abstract class ValidationBenchmark {

  final Issuer issuer;
  final String token;
  private final ResourceServer engine;
  private final Call call;
  private final Signature jdk;
  private final byte[] signingInput;
  private final byte[] signature;
  private final JwtConsumer jose4j;

  ValidationBenchmark(JWSAlgorithm algorithm, String jdkName, String jose4jName) {
    FastProvider.register();
    try {
      issuer = new Issuer(algorithm);
      token = issuer.token();
      jdk = Signature.getInstance(jdkName);
      jdk.initVerify(issuer.pair().getPublic());
    } catch (GeneralSecurityException | IOException | JOSEException e) {
      throw new IllegalStateException(e);
    }
    engine = issuer.engine(0);
    call = new Call("Bearer " + token);
    int dot = token.lastIndexOf('.');
    signingInput = token.substring(0, dot).getBytes(StandardCharsets.US_ASCII);
    signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
    jose4j =
        new JwtConsumerBuilder()
            .setRequireExpirationTime()
            .setRequireSubject()
            .setAllowedClockSkewInSeconds(30)
            .setExpectedIssuer(issuer.name())
            .setExpectedAudience(Issuer.RESOURCE)
            .setExpectedType(true, "at+jwt")
            .setVerificationKey(issuer.pair().getPublic())
            .setJwsAlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, jose4jName)
            .build();
  }

  DefaultJWTProcessor<SecurityContext> nimbusProcessor() {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt")));
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(
            issuer.algorithm(), new ImmutableJWKSet<>(new JWKSet(issuer.jwk()))));
    processor.setJWTClaimsSetVerifier(
        new DefaultJWTClaimsVerifier<>(
            Issuer.RESOURCE,
            new JWTClaimsSet.Builder().issuer(issuer.name()).build(),
            Set.of("sub", "exp", "iat", "jti", "client_id")));
    return processor;
  }

  /** Everybody must accept the token: nobody is fast by refusing. */
  @Setup
  public void everybodyAccepts() throws Exception {
    if (!countersign() || !jdkVerification() || jose4j() == null) {
      throw new IllegalStateException("the token is not accepted");
    }
  }

  /** Ends the servers. */
  @TearDown
  public void close() {
    engine.close();
    issuer.close();
  }

  /**
   * The whole engine without a cache.
   *
   * @return true
   * @throws IOException never
   */
  @Benchmark
  public boolean countersign() throws IOException {
    return engine.admit(call);
  }

  /**
   * The signature alone, with an object that is used again.
   *
   * @return true
   * @throws GeneralSecurityException never
   */
  @Benchmark
  public boolean jdkVerification() throws GeneralSecurityException {
    jdk.update(signingInput);
    return jdk.verify(signature);
  }

  /**
   * jose4j.
   *
   * @return the claims
   * @throws InvalidJwtException never
   */
  @Benchmark
  public Object jose4j() throws InvalidJwtException {
    return jose4j.processToClaims(token);
  }
}
