package dev.countersign.agent.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Loads adapters for the servers of one class loader: their own classes from the agent's jar, the
 * engine from the agent's loader, and everything else as the server sees it. Thread-safe.
 */
final class AdapterLoader extends ClassLoader {

  private static final String ADAPTERS = "dev.countersign.agent.adapter.";
  private static final String OURS = "dev.countersign.";

  // Weak, so that a web server that is stopped can be collected: its own classes hold the loader.
  private static final Map<ClassLoader, WeakReference<AdapterLoader>> LOADERS = new WeakHashMap<>();

  static {
    registerAsParallelCapable();
  }

  private final ClassLoader agent = AdapterLoader.class.getClassLoader();
  private final ClassLoader server;

  private AdapterLoader(ClassLoader server) {
    super("countersign-adapter", null);
    this.server = server;
  }

  /** The loader beside the one of a server; null is the JDK's own. */
  static AdapterLoader beside(@Nullable ClassLoader server) {
    ClassLoader key = server == null ? ClassLoader.getPlatformClassLoader() : server;
    synchronized (LOADERS) {
      WeakReference<AdapterLoader> known = LOADERS.get(key);
      AdapterLoader loader = known == null ? null : known.get();
      if (loader == null) {
        loader = new AdapterLoader(key);
        LOADERS.put(key, new WeakReference<>(loader));
      }
      return loader;
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.startsWith(ADAPTERS)) {
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        return known == null ? define(name) : known;
      }
    }
    return name.startsWith(OURS) ? agent.loadClass(name) : server.loadClass(name);
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try (InputStream in = agent.getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length, AdapterLoader.class.getProtectionDomain());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
