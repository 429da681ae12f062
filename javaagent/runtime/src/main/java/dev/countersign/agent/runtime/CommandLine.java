package dev.countersign.agent.runtime;

import dev.countersign.config.ConfigException;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.config.SettingSource;
import java.io.PrintStream;
import java.util.List;

/** The agent's jar as a command. */
final class CommandLine {

  private static final String USAGE =
      """
      turns the Java MCP servers of a JVM into OAuth 2.1 resource servers.

        java -javaagent:countersign-javaagent.jar=resource=https://mcp.example.com/mcp,authorization-servers=https://id.example.com -jar your-server.jar

      As a command:
        java -jar countersign-javaagent.jar check ARGUMENTS   checks the settings, from the arguments,
                                                              COUNTERSIGN_* and -Dcountersign.*
        java -jar countersign-javaagent.jar servers           lists the servers that it guards, by the
                                                              versions that it was tested on
        java -jar countersign-javaagent.jar --version
      """;

  private CommandLine() {}

  static int run(List<String> arguments, PrintStream out, PrintStream err) {
    String command = arguments.isEmpty() ? "--help" : arguments.get(0);
    switch (command) {
      case "--help", "-h", "help" -> {
        out.print("Countersign agent " + AgentVersion.ofThisJar() + ": " + USAGE);
        return 0;
      }
      case "--version", "-V" -> {
        out.println("countersign-javaagent " + AgentVersion.ofThisJar());
        return 0;
      }
      case "servers" -> {
        return arguments.size() > 1 ? refuse(err, "'servers' takes no argument") : servers(out);
      }
      case "check" -> {
        return arguments.size() > 2 ? refuse(err, several(arguments)) : check(arguments, out, err);
      }
      default -> {
        return refuse(err, "'" + command + "' is unknown, expected check, servers or --help");
      }
    }
  }

  private static int refuse(PrintStream err, String why) {
    err.println("countersign: " + why);
    return 2;
  }

  // Not what they are: one may hold a secret.
  private static String several(List<String> arguments) {
    return "'check' has "
        + (arguments.size() - 1)
        + " arguments, expected one: settings with commas between them, in quotes if one has a"
        + " blank in it";
  }

  private static int servers(PrintStream out) {
    for (ServerLine line : ServerLine.values()) {
      out.println(line.title() + " " + line.versions());
    }
    return 0;
  }

  private static int check(List<String> arguments, PrintStream out, PrintStream err) {
    try {
      String argument = arguments.size() > 1 ? arguments.get(1) : "";
      List<SettingSource> sources = SettingSource.all(SettingSource.agentArguments(argument));
      ResourceServerConfig config = ResourceServerConfig.read(sources);
      out.println(config);
      config.advice().forEach(line -> out.println("advice: " + line));
      return 0;
    } catch (ConfigException e) {
      err.println(e.getMessage());
      return 2;
    }
  }
}
