package dev.countersign.benchmarks;

import java.security.Provider;
import java.security.Security;

/**
 * Another provider in front of those of the JDK, for everybody who is measured: {@code -jvmArgs
 * -Dprovider=...} with the name of its class.
 */
final class FastProvider {

  private static final String PROPERTY = "provider";

  private FastProvider() {}

  static void register() {
    String name = System.getProperty(PROPERTY, "");
    if (name.isEmpty()) {
      return;
    }
    try {
      Provider provider = (Provider) Class.forName(name).getConstructor().newInstance();
      Security.insertProviderAt(provider, 1);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no provider " + name, e);
    }
  }
}
