/**
 * The engine: {@link dev.countersign.ResourceServer} turns an exchange into a decision and a
 * decision into a response. Begin there.
 */
@NullMarked
package dev.countersign;

import org.jspecify.annotations.NullMarked;
