package dev.countersign.agent.runtime;

import dev.countersign.spi.BodyAllowance;

/** For somebody who reads and does not count. */
enum Unmetered implements BodyAllowance {
  ALLOWANCE;

  @Override
  public void take(int bytes) {
    // As many as there are.
  }

  @Override
  public Runnable keep() {
    return () -> {};
  }
}
