package dev.countersign.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TestMethodTest {

  record Row(String name, List<String> ids) {}

  static Stream<Row> names() {
    return Stream.of(
        new Row("C12_escapesQuoteAndBackslash", List.of("C12")),
        new Row("S01_S02_challengesWithoutErrorCode", List.of("S01", "S02")),
        new Row("JS3_AH12_T04_refuses", List.of("JS3", "AH12", "T04")),
        new Row("C05", List.of("C05")),
        new Row("C05_refusesS01_S02_later", List.of("C05")),
        new Row("plainSentence", List.of()),
        new Row("refuses_C05", List.of()),
        new Row("_C05_x", List.of()),
        new Row("c05_x", List.of()),
        new Row("C05x_y", List.of()),
        new Row("RS256_isAccepted", List.of("RS256")),
        new Row("SHAKE256_isNoId", List.of()));
  }

  @ParameterizedTest
  @MethodSource("names")
  void readsTheIdsThatANameBeginsWith(Row row) {
    assertEquals(row.ids(), new TestMethod("XTest", row.name(), "x").ids());
  }
}
