/** Tests of what runs inside the agent's loader. */
@NullMarked
package dev.countersign.agent.runtime;

import org.jspecify.annotations.NullMarked;
