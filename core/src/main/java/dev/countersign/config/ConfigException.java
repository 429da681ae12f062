package dev.countersign.config;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A configuration that cannot be used, with everything that is wrong with it. Nothing was started.
 */
public final class ConfigException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  ConfigException(List<Problem> problems) {
    super(message(problems));
    this.problems = List.copyOf(problems);
  }

  ConfigException(Problem problem) {
    this(List.of(problem));
  }

  private static String message(List<Problem> problems) {
    String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
    return problems.stream().map(Problem::toString).collect(Collectors.joining("\n"))
        + "\n"
        + count
        + "; nothing was started";
  }

  /**
   * Everything that is wrong.
   *
   * @return at least one problem
   */
  public List<Problem> problems() {
    return problems;
  }
}
