package dev.countersign.it.undertow;

import dev.countersign.it.servlet.ServletContract;
import dev.countersign.testkit.Capability;
import java.util.EnumSet;
import java.util.Set;

class UndertowContractIT extends ServletContract {

  UndertowContractIT() {
    super(new EmbeddedUndertow());
  }

  // This server turns a tab of a field line into a space.
  @Override
  protected Set<Capability> capabilities() {
    return EnumSet.complementOf(EnumSet.of(Capability.EXACT_FIELDS));
  }
}
