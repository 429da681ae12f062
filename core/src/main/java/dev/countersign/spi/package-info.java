/**
 * What others implement: {@link dev.countersign.spi.Exchange} for a server, {@link
 * dev.countersign.spi.TokenValidator} for another kind of token, {@link
 * dev.countersign.spi.ScopePolicy}, and {@link dev.countersign.spi.DecisionListener}.
 */
@NullMarked
package dev.countersign.spi;

import org.jspecify.annotations.NullMarked;
