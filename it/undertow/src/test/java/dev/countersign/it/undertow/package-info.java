/** The contract on Undertow. */
@NullMarked
package dev.countersign.it.undertow;

import org.jspecify.annotations.NullMarked;
