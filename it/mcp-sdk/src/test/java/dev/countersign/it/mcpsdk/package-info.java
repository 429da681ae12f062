/** What the MCP Java SDK reads, beside what the kit reads. */
@NullMarked
package dev.countersign.it.mcpsdk;

import org.jspecify.annotations.NullMarked;
