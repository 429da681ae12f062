/** The doctor: asks a running server, from outside, whether MCP clients can log in. */
@NullMarked
package dev.countersign.doctor;

import org.jspecify.annotations.NullMarked;
