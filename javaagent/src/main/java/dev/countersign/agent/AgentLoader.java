package dev.countersign.agent;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.security.CodeSource;
import java.security.ProtectionDomain;
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
  private static final String JAVA = "java.";

  static {
    registerAsParallelCapable();
  }

  private final JarFile jar;
  private final ProtectionDomain domain;

  private AgentLoader(JarFile jar, CodeSource source) {
    super("countersign", getPlatformClassLoader());
    this.jar = jar;
    this.domain = new ProtectionDomain(source, null, this, null);
  }

  static AgentLoader ofThisJar() throws IOException, URISyntaxException {
    CodeSource source = AgentLoader.class.getProtectionDomain().getCodeSource();
    // Stays open: classes are loaded as long as the application runs.
    return new AgentLoader(new JarFile(new File(source.getLocation().toURI())), source);
  }

  // What is inside is looked for nowhere else first: that takes longer, and could find another one.
  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.startsWith(JAVA)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      if (known != null) {
        return known;
      }
      byte[] bytes = bytes(name.replace('.', '/') + CLASS);
      return bytes == null
          ? super.loadClass(name, resolve)
          : defineClass(name, bytes, 0, bytes.length, domain);
    }
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
    byte[] bytes = new byte[(int) entry.getSize()];
    try (InputStream in = jar.getInputStream(entry)) {
      if (in.readNBytes(bytes, 0, bytes.length) < bytes.length) {
        throw new EOFException(name);
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
