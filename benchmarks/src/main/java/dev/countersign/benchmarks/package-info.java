/** What the parts of Countersign cost, beside what others cost for the same work. */
@NullMarked
package dev.countersign.benchmarks;

import org.jspecify.annotations.NullMarked;
