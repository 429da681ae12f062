package dev.countersign.spi;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.countersign.http.FieldLine;
import dev.countersign.http.Response;
import dev.countersign.oauth.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpiTest {

  private static final class Smallest implements Exchange {

    @Override
    public String method() {
      return "GET";
    }

    @Override
    public String path() {
      return "/";
    }

    @Override
    public String query() {
      return "";
    }

    @Override
    public List<String> headers(String name) {
      return List.of();
    }

    @Override
    public void send(Response response) {}

    @Override
    public void accept(Admission admission) {}
  }

  @Test
  void anAdmissionCopiesItsFields() {
    List<FieldLine> fields = new ArrayList<>(List.of(new FieldLine("Vary", "Origin")));
    Admission admission = new Admission(Optional.empty(), fields);

    fields.clear();

    assertEquals(List.of(new FieldLine("Vary", "Origin")), admission.fields());
    assertThrows(UnsupportedOperationException.class, () -> admission.fields().clear());
  }

  @Test
  void anExchangeHasNoBodyUnlessItSaysSo() {
    assertEquals(Optional.empty(), new Smallest().body());
  }

  @Test
  void aValidatorNeedsNothingToClose() {
    TokenValidator validator = (token, resource) -> new Decision.Undecided("");

    assertDoesNotThrow(validator::close);
  }
}
