package dev.countersign.agent.adapter.micronaut;

import dev.countersign.spi.Lease;

/**
 * What the application gets back when its response is written, together with the lease of the
 * exchange.
 *
 * @param attachment the application's own
 * @param lease of the exchange
 */
record Leased(Object attachment, Lease lease) {}
