/**
 * The routing context of vertx-web 4 and 5: the user as its API shows one. Compiled against 4, run
 * on both.
 */
@NullMarked
package dev.countersign.agent.adapter.vertxweb;

import org.jspecify.annotations.NullMarked;
