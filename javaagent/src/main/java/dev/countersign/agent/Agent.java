package dev.countersign.agent;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * The entry of the agent. With its loader it is all of Countersign that an application can see.
 *
 * <p>{@code java -javaagent:countersign-javaagent.jar=resource=…,authorization-servers=… -jar
 * server.jar} guards every server that starts in this JVM. {@code java -jar
 * countersign-javaagent.jar} explains the agent and checks a configuration.
 */
public final class Agent {

  private static final String ENTRY = "dev.countersign.agent.runtime.Entry";

  private Agent() {}

  /**
   * Called by the JVM before the main class is loaded. Wrong arguments end the JVM with exit code
   * 2, all of them told on standard error.
   *
   * @param argument what stands behind the equals sign of the flag; null for nothing
   * @param instrumentation the JVM
   * @throws Exception if the agent cannot stand; the JVM then ends
   */
  public static void premain(@Nullable String argument, Instrumentation instrumentation)
      throws Exception {
    enter(
        "premain", new Class<?>[] {String.class, Instrumentation.class}, argument, instrumentation);
  }

  /**
   * Called by the JVM when the agent is attached to a running application.
   *
   * @param argument as for the flag
   * @param instrumentation the JVM
   * @throws Exception if the agent cannot stand; the application then goes on unguarded, and
   *     whoever attaches is told
   */
  public static void agentmain(@Nullable String argument, Instrumentation instrumentation)
      throws Exception {
    enter(
        "agentmain",
        new Class<?>[] {String.class, Instrumentation.class},
        argument,
        instrumentation);
  }

  /**
   * The agent as a command.
   *
   * @param arguments see {@code --help}
   * @throws Exception if the jar is damaged
   */
  public static void main(String... arguments) throws Exception {
    enter("main", new Class<?>[] {String[].class}, (Object) arguments);
  }

  private static void enter(String name, Class<?>[] types, @Nullable Object... arguments)
      throws Exception {
    Method entry = AgentLoader.ofThisJar().loadClass(ENTRY).getMethod(name, types);
    try {
      entry.invoke(null, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
