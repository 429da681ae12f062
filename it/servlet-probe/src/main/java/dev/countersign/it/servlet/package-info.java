/**
 * What the tests of all servlet containers share: the probe as a servlet, and rules of the filter.
 */
@NullMarked
package dev.countersign.it.servlet;

import org.jspecify.annotations.NullMarked;
