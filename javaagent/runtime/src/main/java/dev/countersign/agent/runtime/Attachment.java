package dev.countersign.agent.runtime;

import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.UnmodifiableClassException;
import java.net.InetSocketAddress;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The agent comes to a JVM that runs already, and may be too late for what stands there. As far as
 * that can be known it is known before anything is changed. The JVM is not stopped: it was open
 * before, and whoever attaches is told that it is.
 *
 * @param agent what is attached
 */
record Attachment(Installation agent) {

  /**
   * Attaches.
   *
   * @throws AttachmentException if something that runs already is not guarded
   */
  void run() throws AttachmentException, IOException, ReflectiveOperationException {
    Set<String> problems = new TreeSet<>();
    for (Class<?> type : agent.loaded()) {
      for (HookPoint point : agent.table().in(type)) {
        tooLate(point).ifPresent(problems::add);
      }
    }
    problems.addAll(trial());
    refuse(problems, "nothing was changed, and this JVM goes on as before");
    try {
      agent.install();
    } catch (UnmodifiableClassException | LinkageError e) {
      throw new AttachmentException("a class that was loaded before is not guarded: " + e);
    }
    refuse(openPorts(), "attached, but not in front of everything");
  }

  private static Optional<String> tooLate(HookPoint point) {
    return point
        .line()
        .filter(line -> !point.isFramework() && !line.isHeldWhileItRuns())
        .map(
            line ->
                line.title()
                    + " is there already, and can be guarded from its start on only, by the flag"
                    + " -javaagent");
  }

  /** What cannot be woven. */
  private List<String> trial() {
    List<String> problems = new ArrayList<>();
    ServerTransformer weaving = agent.transformer(problems::add);
    ClassFileTransformer trial =
        new ClassFileTransformer() {
          @Override
          public byte @Nullable [] transform(
              @Nullable Module module,
              @Nullable ClassLoader loader,
              @Nullable String name,
              @Nullable Class<?> redefined,
              @Nullable ProtectionDomain domain,
              byte[] bytes) {
            weaving.transform(module, loader, name, redefined, domain, bytes);
            return null;
          }
        };
    agent.instrumentation().addTransformer(trial, true);
    try {
      for (Class<?> type : agent.loaded()) {
        agent.instrumentation().retransformClasses(type);
      }
    } catch (UnmodifiableClassException | LinkageError e) {
      problems.add(e.toString());
    } finally {
      agent.instrumentation().removeTransformer(trial);
    }
    return problems;
  }

  /** The ports that were open before, and answer without asking the agent. */
  private List<String> openPorts() throws IOException {
    Optional<List<InetSocketAddress>> open = OpenPorts.ofThisProcess();
    if (open.isEmpty()) {
      FailureHandling.tell("which ports were open before cannot be seen on this operating system");
    }
    return agent.engine().ports().openBefore(open.orElse(List.of()));
  }

  private static void refuse(Iterable<String> problems, String state) throws AttachmentException {
    String all = String.join("; ", problems);
    if (!all.isEmpty()) {
      throw new AttachmentException(state + ": " + all);
    }
  }
}
