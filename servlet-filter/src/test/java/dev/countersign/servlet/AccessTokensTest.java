package dev.countersign.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccessTokensTest {

  private final FakeRequest request = FakeRequest.of("POST", "/mcp");

  @Test
  void H34_findsTheTokenOfTheRequest() {
    request.attributes.put(ResourceServerFilter.ACCESS_TOKEN, TestTokens.alice());

    assertEquals(TestTokens.alice(), AccessTokens.current(request.proxy()));
    assertEquals(Optional.of(TestTokens.alice()), AccessTokens.find(request.proxy()));
  }

  @Test
  void saysWhyThereIsNone() {
    request.attributes.put(ResourceServerFilter.ACCESS_TOKEN, "forged");

    assertEquals(Optional.empty(), AccessTokens.find(request.proxy()));
    assertEquals(
        "the request has no access token: its path is public, or it has not passed the"
            + " ResourceServerFilter",
        assertThrows(IllegalStateException.class, () -> AccessTokens.current(request.proxy()))
            .getMessage());
  }
}
