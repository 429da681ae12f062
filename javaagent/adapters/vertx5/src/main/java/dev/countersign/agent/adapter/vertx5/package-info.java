/** The internal types of Vert.x 5, which stand in other packages than those of 4. */
@NullMarked
package dev.countersign.agent.adapter.vertx5;

import org.jspecify.annotations.NullMarked;
