package dev.countersign.agent;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.security.CodeSource;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * Loads the engine and its libraries from inside the agent's jar, where they lie under an ending
 * that no other loader takes for a class. Its parent is the platform loader, so the application
 * sees nothing of them and they see nothing of the application. Thread-safe.
 */
final class AgentLoader extends ClassLoader {

  private static final String FOLDER = "inside/";
  private static final String CLASS = ".class";

  static {
    registerAsParallelCapable();
  }

  private final JarFile jar;
  private final CodeSource source;

  private AgentLoader(JarFile jar, CodeSource source) {
    super("countersign", getPlatformClassLoader());
    this.jar = jar;
    this.source = source;
  }

  static AgentLoader ofThisJar() throws IOException, URISyntaxException {
    CodeSource source = AgentLoader.class.getProtectionDomain().getCodeSource();
    // Stays open: classes are loaded as long as the application runs.
    return new AgentLoader(new JarFile(new File(source.getLocation().toURI())), source);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = bytes(name.replace('.', '/') + CLASS);
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(
        name, bytes, 0, bytes.length, new java.security.ProtectionDomain(source, null, this, null));
  }

  /** A resource of the engine; class files are found under their usual names. */
  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    byte[] bytes = bytes(name);
    return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
  }

  private byte @Nullable [] bytes(String name) {
    String inside = name.endsWith(CLASS) ? name + "data" : name;
    ZipEntry entry = jar.getEntry(FOLDER + inside);
    if (entry == null) {
      return null;
    }
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
