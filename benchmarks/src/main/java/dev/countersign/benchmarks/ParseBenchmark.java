package dev.countersign.benchmarks;

import com.nimbusds.oauth2.sdk.token.BearerTokenError;
import dev.countersign.http.Challenge;
import dev.countersign.http.Challenges;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.apache.hc.client5.http.auth.AuthChallenge;
import org.apache.hc.client5.http.auth.ChallengeType;
import org.apache.hc.client5.http.impl.auth.AuthChallengeParser;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.message.ParserCursor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Reading a Bearer challenge with five auth-params. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ParseBenchmark {

  // Not final, so that the compiler does not compute with them.
  private String field = Sample.FIELD;
  private List<String> lines = List.of(Sample.FIELD);
  private Response response =
      new Response.Builder()
          .request(new Request.Builder().url("https://mcp.example.com/").build())
          .protocol(Protocol.HTTP_1_1)
          .code(401)
          .message("Unauthorized")
          .header("WWW-Authenticate", Sample.FIELD)
          .build();

  /**
   * The floor: every character is looked at once.
   *
   * @return something of every character
   */
  @Benchmark
  public int scan() {
    int sum = 0;
    for (int at = 0; at < field.length(); at++) {
      sum += field.charAt(at) == '"' ? 1 : 31;
    }
    return sum;
  }

  /**
   * A parser as one writes it in half an hour: substrings into a map, no checks.
   *
   * @return the auth-params
   */
  @Benchmark
  public Object plainRecursive() {
    return new PlainParser(field).parse();
  }

  /**
   * {@link Challenges#parse(List)}.
   *
   * @return the challenges
   */
  @Benchmark
  public List<Challenge> countersign() {
    return Challenges.parse(lines);
  }

  /**
   * {@link Challenges#parseLenient(List)}.
   *
   * @return the challenges and findings
   */
  @Benchmark
  public Challenges.Lenient countersignLenient() {
    return Challenges.parseLenient(lines);
  }

  /**
   * OkHttp.
   *
   * @return the challenges
   */
  @Benchmark
  public List<okhttp3.Challenge> okHttp() {
    return response.challenges();
  }

  /**
   * Apache HttpClient.
   *
   * @return the challenges
   * @throws ParseException never
   */
  @Benchmark
  public List<AuthChallenge> httpClient5() throws ParseException {
    return AuthChallengeParser.INSTANCE.parse(
        ChallengeType.TARGET, field, new ParserCursor(0, field.length()));
  }

  /**
   * The OAuth SDK of Nimbus.
   *
   * @return the error, without the auth-params it does not know
   * @throws com.nimbusds.oauth2.sdk.ParseException never
   */
  @Benchmark
  public BearerTokenError nimbus() throws com.nimbusds.oauth2.sdk.ParseException {
    return BearerTokenError.parse(field);
  }
}
