package dev.countersign.agent.runtime;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/** The version of the agent, as the manifest of its jar has it. */
final class AgentVersion {

  private AgentVersion() {}

  /** That of the jar that this class was loaded from. */
  static String ofThisJar() {
    File jar =
        new File(
            URI.create(
                AgentVersion.class.getProtectionDomain().getCodeSource().getLocation().toString()));
    return jar.isFile() ? of(jar) : "(not packaged)";
  }

  private static String of(File file) {
    try (JarFile jar = new JarFile(file)) {
      return jar.getManifest().getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
