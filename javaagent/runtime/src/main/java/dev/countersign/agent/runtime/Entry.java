package dev.countersign.agent.runtime;

import dev.countersign.config.ConfigException;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.config.SettingSource;
import dev.countersign.config.TokenPassthrough;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The ways into the agent. */
public final class Entry {

  private static final int WRONG_ARGUMENTS = 2;

  private Entry() {}

  /**
   * The flag. Problems of the settings end the JVM with exit code 2 before the application runs.
   *
   * @param argument the argument of the flag
   * @param instrumentation the JVM
   * @throws IOException if the agent's jar is damaged
   * @throws ReflectiveOperationException if the JVM does not take the gate
   */
  public static void premain(@Nullable String argument, Instrumentation instrumentation)
      throws IOException, ReflectiveOperationException {
    try {
      stand(argument, instrumentation);
    } catch (ConfigException e) {
      System.err.println("countersign: the agent is not configured:\n" + e.getMessage());
      Runtime.getRuntime().halt(WRONG_ARGUMENTS);
    }
  }

  /**
   * Attaching to a running JVM.
   *
   * @param argument the argument
   * @param instrumentation the JVM
   * @throws IOException if the agent's jar is damaged
   * @throws ReflectiveOperationException if the JVM does not take the gate
   */
  public static void agentmain(@Nullable String argument, Instrumentation instrumentation)
      throws IOException, ReflectiveOperationException {
    stand(argument, instrumentation);
  }

  /**
   * The command line.
   *
   * @param arguments what stands behind the jar
   */
  public static void main(String[] arguments) {
    System.exit(CommandLine.run(Arrays.asList(arguments), System.out, System.err));
  }

  private static void stand(@Nullable String argument, Instrumentation instrumentation)
      throws IOException, ReflectiveOperationException {
    if (GateDefinition.isDefined()) {
      System.err.println("countersign: the agent is there already; this one does nothing");
      return;
    }
    loadForOthers();
    Rehearsal.start(instrumentation);
    ResourceServerConfig config = ResourceServerConfig.read(SettingSource.all(arguments(argument)));
    Engine engine = new Engine(config);
    GateDefinition.define(instrumentation, new Interceptors(engine));
    HookPoints table = table(config.tokenPassthrough(), instrumentation);
    instrumentation.addTransformer(
        new ServerTransformer(
            table,
            engine.ports(),
            FailureHandling.of(config.onStartupFailure()),
            OutgoingCalls.blocks(config)),
        true);
    weaveLoaded(instrumentation, table);
  }

  private static HookPoints table(TokenPassthrough passthrough, Instrumentation instrumentation) {
    if (passthrough == TokenPassthrough.OFF) {
      return new HookPoints(false);
    }
    UrlConnectionCalls.open(instrumentation);
    return new HookPoints(true);
  }

  // The JDK loads this class when some method handle has been called often enough. If that happens
  // inside another agent's transformer which uses method handles itself, the class is found to need
  // itself, and that agent does not start: OpenTelemetry's was seen to. Loaded early, it is
  // harmless.
  private static void loadForOthers() {
    try {
      Class.forName("java.lang.invoke.MethodHandle$1", true, null);
    } catch (ClassNotFoundException e) {
      // A JDK that does without.
    }
  }

  private static SettingSource arguments(@Nullable String argument) {
    return SettingSource.agentArguments(argument == null ? "" : argument);
  }

  // Classes of the JDK, or of a server that runs already.
  private static void weaveLoaded(Instrumentation instrumentation, HookPoints table) {
    try {
      for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
        if (table.areIn(loaded)) {
          instrumentation.retransformClasses(loaded);
        }
      }
    } catch (UnmodifiableClassException | LinkageError e) {
      FailureHandling.EXIT.handle("a class that was loaded before cannot be guarded: " + e);
    }
  }
}
