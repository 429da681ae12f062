/**
 * The engine as a {@code jakarta.servlet} filter: {@link
 * dev.countersign.servlet.ResourceServerFilter}.
 */
@NullMarked
package dev.countersign.servlet;

import org.jspecify.annotations.NullMarked;
