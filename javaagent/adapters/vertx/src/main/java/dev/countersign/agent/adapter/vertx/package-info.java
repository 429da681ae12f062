/**
 * Eclipse Vert.x 4 and 5: what has stayed the same in both, and the internal types of 4. Compiled
 * against 4, run on both.
 */
@NullMarked
package dev.countersign.agent.adapter.vertx;

import org.jspecify.annotations.NullMarked;
