package dev.countersign.it.repair;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RawResponse;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springaicommunity.mcp.security.server.apikey.memory.ApiKeyEntityImpl;
import org.springaicommunity.mcp.security.server.apikey.memory.InMemoryApiKeyEntityRepository;
import org.springaicommunity.mcp.security.server.config.McpApiKeyConfigurer;

/** The same library with API keys, whose refusals say nothing at all. */
class McpApiKeyIT extends RepairedApplication {

  @Override
  Offender.Security security() {
    return http ->
        http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
            .with(
                McpApiKeyConfigurer.mcpServerApiKey(),
                keys ->
                    keys.apiKeyRepository(
                        new InMemoryApiKeyEntityRepository<>(
                            List.of(
                                ApiKeyEntityImpl.builder()
                                    .id("one")
                                    .secret("two")
                                    .name("three")
                                    .build()))))
            .build();
  }

  private static RawRequest withKey(String key) {
    return get().with("X-API-key", key);
  }

  @Test
  void theApplicationDecides() throws IOException {
    assertEquals(200, offender().repaired(withKey("one.two")).status());
  }

  @Test
  void C30_aRefusalWithoutAnyChallengeGetsOne() throws IOException {
    assertEquals(List.of(), offender().asItIs(withKey("one.x")).values("WWW-Authenticate"));

    assertEquals(List.of(FIRST), offender().challengesForEveryClient(withKey("one.x")));
  }

  @Test
  void S36_a403WithoutChallengeStaysOne() throws IOException {
    RawResponse response = offender().repaired(get());

    assertEquals(403, response.status());
    assertEquals(List.of(), response.values("WWW-Authenticate"));
  }
}
