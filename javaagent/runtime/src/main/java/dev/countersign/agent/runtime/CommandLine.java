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
      Countersign agent: turns the Java MCP servers of a JVM into OAuth 2.1 resource servers.

        java -javaagent:countersign-javaagent.jar=resource=https://mcp.example.com/mcp,authorization-servers=https://id.example.com -jar your-server.jar

      As a command:
        java -jar countersign-javaagent.jar check ARGUMENTS   checks the settings, from the arguments,
                                                              COUNTERSIGN_* and -Dcountersign.*
        java -jar countersign-javaagent.jar servers           lists the servers that it guards
      """;

  private CommandLine() {}

  static int run(List<String> arguments, PrintStream out, PrintStream err) {
    String command = arguments.isEmpty() ? "--help" : arguments.get(0);
    switch (command) {
      case "--help", "-h", "help" -> {
        out.print(USAGE);
        return 0;
      }
      case "servers" -> {
        for (ServerLine line : ServerLine.values()) {
          out.println(line.title() + " " + line.versions());
        }
        return 0;
      }
      case "check" -> {
        return check(arguments.size() > 1 ? arguments.get(1) : "", out, err);
      }
      default -> {
        err.println("countersign: '" + command + "' is unknown, expected check, servers or --help");
        return 2;
      }
    }
  }

  private static int check(String argument, PrintStream out, PrintStream err) {
    try {
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
