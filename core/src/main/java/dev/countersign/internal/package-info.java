/** Not exported: JSON, outgoing HTTP. */
@NullMarked
package dev.countersign.internal;

import org.jspecify.annotations.NullMarked;
