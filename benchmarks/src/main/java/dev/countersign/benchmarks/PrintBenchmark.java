package dev.countersign.benchmarks;

import com.nimbusds.oauth2.sdk.token.BearerTokenError;
import dev.countersign.http.BearerChallenge;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Writing a Bearer challenge with five auth-params. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PrintBenchmark {

  // Not final, so that the compiler does not compute with them.
  private String realm = Sample.REALM;
  private String error = Sample.ERROR;
  private String scope = Sample.SCOPE;
  private String resourceMetadata = Sample.RESOURCE_METADATA;
  private String description = Sample.DESCRIPTION;

  private BearerChallenge prepared = build();
  private BearerTokenError nimbus =
      new BearerTokenError(
          Sample.ERROR,
          Sample.DESCRIPTION,
          403,
          null,
          Sample.REALM,
          com.nimbusds.oauth2.sdk.Scope.parse(Sample.SCOPE));

  /**
   * The challenge of a server that is running.
   *
   * @return the field value
   */
  @Benchmark
  public String countersign() {
    return prepared.toString();
  }

  /**
   * Everything anew: checked, built, printed.
   *
   * @return the field value
   */
  @Benchmark
  public String countersignBuild() {
    return build().toString();
  }

  private BearerChallenge build() {
    return BearerChallenge.builder()
        .realm(realm)
        .error(error)
        .scope(scope)
        .resourceMetadata(resourceMetadata)
        .errorDescription(description)
        .build();
  }

  /**
   * As most servers do it, without checks and escapes.
   *
   * @return the field value
   */
  @Benchmark
  public String concatenation() {
    return "Bearer realm=\""
        + realm
        + "\", error=\""
        + error
        + "\", scope=\""
        + scope
        + "\", resource_metadata=\""
        + resourceMetadata
        + "\", error_description=\""
        + description
        + "\"";
  }

  /**
   * The OAuth SDK of Nimbus, which has no {@code resource_metadata}.
   *
   * @return the field value with four auth-params
   */
  @Benchmark
  public String nimbus() {
    return nimbus.toWWWAuthenticateHeader();
  }
}
