package dev.countersign.agent.runtime;

import dev.countersign.config.ConfigException;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The ways into the agent. */
public final class Entry {

  private static final int WRONG_ARGUMENTS = 2;
  private static final String NOT_CONFIGURED = "the agent is not configured:\n";

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
    if (isThereAlready()) {
      return;
    }
    try {
      prepare(instrumentation);
      Installation.of(argument, instrumentation).install();
    } catch (ConfigException e) {
      FailureHandling.tell(NOT_CONFIGURED + e.getMessage());
      Runtime.getRuntime().halt(WRONG_ARGUMENTS);
    } catch (UnmodifiableClassException | LinkageError e) {
      // Of the JDK: without them nobody knows which ports are opened.
      FailureHandling.EXIT.handle("a class that was loaded before cannot be guarded: " + e);
    }
  }

  /**
   * Attaching to a running JVM, which is not stopped whatever happens.
   *
   * @param argument the argument
   * @param instrumentation the JVM
   * @throws AttachmentException if the settings are wrong, or what runs already is not guarded
   * @throws IOException if the agent's jar is damaged
   * @throws ReflectiveOperationException if the JVM does not take the gate
   */
  public static void agentmain(@Nullable String argument, Instrumentation instrumentation)
      throws AttachmentException, IOException, ReflectiveOperationException {
    if (isThereAlready()) {
      return;
    }
    try {
      prepare(instrumentation);
      new Attachment(Installation.of(argument, instrumentation)).run();
    } catch (ConfigException e) {
      FailureHandling.tell(NOT_CONFIGURED + e.getMessage());
      throw new AttachmentException("the agent is not configured; nothing was changed");
    } catch (AttachmentException e) {
      FailureHandling.tell(String.valueOf(e.getMessage()));
      throw e;
    }
  }

  /**
   * The command line.
   *
   * @param arguments what stands behind the jar
   */
  public static void main(String[] arguments) {
    System.exit(CommandLine.run(Arrays.asList(arguments), System.out, System.err));
  }

  private static boolean isThereAlready() {
    boolean there = GateDefinition.isDefined();
    if (there) {
      FailureHandling.tell(
          "WARNING: the agent is there already, with the settings that it was given first; those"
              + " of this one are ignored");
    }
    return there;
  }

  private static void prepare(Instrumentation instrumentation) {
    loadForOthers();
    Rehearsal.start(instrumentation);
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
}
