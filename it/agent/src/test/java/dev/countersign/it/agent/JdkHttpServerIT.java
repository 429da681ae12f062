package dev.countersign.it.agent;

import dev.countersign.testkit.Capability;
import java.util.List;
import java.util.Set;

/** The HttpServer of the JDK that runs the test. */
class JdkHttpServerIT extends FilteringContract {

  JdkHttpServerIT() {
    super(new ServerProgram("jdk/JdkServer", List.of(), ""));
  }

  // This server turns every tab of a field line into a space.
  @Override
  protected Set<Capability> capabilities() {
    return without(Capability.EXACT_FIELDS);
  }
}
