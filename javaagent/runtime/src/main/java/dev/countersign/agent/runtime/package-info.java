/**
 * What runs inside the agent's loader: weaving, the gate, the loaders of the adapters, and what the
 * adapters see.
 */
@NullMarked
package dev.countersign.agent.runtime;

import org.jspecify.annotations.NullMarked;
