/** Listeners that come with the kit. */
@NullMarked
package dev.countersign.listener;

import org.jspecify.annotations.NullMarked;
