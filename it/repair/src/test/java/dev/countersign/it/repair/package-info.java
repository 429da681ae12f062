/** Repair mode in front of servers that authenticate already. */
@NullMarked
package dev.countersign.it.repair;

import org.jspecify.annotations.NullMarked;
