/** The entry of the agent, which is all that the application can see of it. */
@NullMarked
package dev.countersign.agent;

import org.jspecify.annotations.NullMarked;
