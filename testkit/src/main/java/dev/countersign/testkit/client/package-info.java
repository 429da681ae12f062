/**
 * How known MCP clients read a challenge, as code: {@link
 * dev.countersign.testkit.client.ClientParser} tells what each of them takes from a {@code
 * WWW-Authenticate} field.
 */
@NullMarked
package dev.countersign.testkit.client;

import org.jspecify.annotations.NullMarked;
