/**
 * The vocabulary of RFC 6749, 6750, 8414, 8707, 9068 and 9728: credentials, tokens, scopes,
 * decisions, metadata documents.
 */
@NullMarked
package dev.countersign.oauth;

import org.jspecify.annotations.NullMarked;
