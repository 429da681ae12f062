/** Open Liberty, at its dispatcher of HTTP, before virtual hosts and applications. */
@NullMarked
package dev.countersign.agent.adapter.liberty;

import org.jspecify.annotations.NullMarked;
