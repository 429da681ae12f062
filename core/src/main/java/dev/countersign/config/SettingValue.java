package dev.countersign.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/** How the values of settings are written. */
final class SettingValue {

  private static final String WHOLE_NUMBER = "[0-9]{1,9}";

  private SettingValue() {}

  static List<String> commaList(String value) {
    List<String> values = new ArrayList<>();
    for (String one : value.split(",", -1)) {
      values.add(one.strip());
    }
    return values;
  }

  static String[] spaceList(String value) {
    return value.strip().split(" +");
  }

  static boolean bool(String value) {
    if (!value.equals("true") && !value.equals("false")) {
      throw new IllegalArgumentException("expected true or false");
    }
    return value.equals("true");
  }

  static int integer(String value) {
    if (!value.matches(WHOLE_NUMBER)) {
      throw new IllegalArgumentException("expected a whole number");
    }
    return Integer.parseInt(value);
  }

  static Duration duration(String value) {
    try {
      return Duration.parse(value);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("expected an ISO-8601 duration such as PT30S");
    }
  }

  static StartupFailure startupFailure(String value) {
    return switch (value) {
      case "exit" -> StartupFailure.EXIT;
      case "deny" -> StartupFailure.DENY;
      default -> throw new IllegalArgumentException("expected exit or deny");
    };
  }

  static TokenPassthrough tokenPassthrough(String value) {
    return switch (value) {
      case "off" -> TokenPassthrough.OFF;
      case "report" -> TokenPassthrough.REPORT;
      case "block" -> TokenPassthrough.BLOCK;
      default -> throw new IllegalArgumentException("expected off, report or block");
    };
  }

  static Mode mode(String value) {
    return switch (value) {
      case "enforce" -> Mode.ENFORCE;
      case "repair" -> Mode.REPAIR;
      case "report-only" -> Mode.REPORT_ONLY;
      default -> throw new IllegalArgumentException("expected enforce, repair or report-only");
    };
  }
}
