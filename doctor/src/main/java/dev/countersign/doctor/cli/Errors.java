package dev.countersign.doctor.cli;

import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What goes wrong with the command itself: one sentence, never a token, and exit code 2. */
final class Errors {

  private static final int COULD_NOT_RUN = 2;

  // Longer than any word of ours: it may be a token.
  private static final int LONG = 40;

  private Errors() {}

  static int wrongArguments(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("doctor: " + sentence(e));
    String commands = String.join(", ", command.getSubcommands().keySet());
    if (!commands.isEmpty()
        && !(e instanceof UnmatchedArgumentException unknown && unknown.isUnknownOption())) {
      err.println("  expected a URL or one of the commands " + commands);
    }
    if (e instanceof UnmatchedArgumentException unmatched && unmatched.isUnknownOption()) {
      List<String> near = unmatched.getSuggestions();
      if (!near.isEmpty()) {
        err.println("  do you mean " + String.join(" or ", near.subList(0, 1)) + "?");
      }
    }
    err.println("  " + command.getCommandSpec().qualifiedName() + " --help tells what there is");
    err.flush();
    return COULD_NOT_RUN;
  }

  private static String sentence(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      String what =
          unmatched.getUnmatched().stream()
              .map(Errors::safe)
              .limit(1)
              .collect(Collectors.joining());
      return (unmatched.isUnknownOption() ? "there is no option " : "one argument too many: ")
          + what;
    }
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return List.of(message.split(" ")).stream().map(Errors::safe).collect(Collectors.joining(" "));
  }

  private static String safe(String argument) {
    String name = argument.startsWith("-") ? argument.replaceFirst("=.*", "") : argument;
    return name.length() > LONG && !name.contains("/") ? "(not shown)" : name;
  }

  static int failure(Exception e, CommandLine command, ParseResult arguments) {
    command.getErr().println("doctor: " + reason(e));
    command.getErr().flush();
    return COULD_NOT_RUN;
  }

  static String reason(Exception e) {
    if (e instanceof NoSuchFileException) {
      return "there is no " + e.getMessage();
    }
    if (e instanceof AccessDeniedException) {
      return e.getMessage() + " cannot be read or written";
    }
    // Whatever it is, its message may hold anything.
    return e instanceof java.io.IOException && e.getMessage() != null
        ? e.getMessage()
        : "a fault of the doctor itself: " + e.getClass().getName() + " at " + place(e);
  }

  private static String place(Exception e) {
    return e.getStackTrace().length == 0 ? "" : e.getStackTrace()[0].toString();
  }
}
