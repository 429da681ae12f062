/**
 * The vocabulary of RFC 9110: field lines, responses, and the challenges of section 11. Begin with
 * {@link dev.countersign.http.Challenge} and {@link dev.countersign.http.BearerChallenge}. Needs
 * nothing but the JDK.
 */
@NullMarked
package dev.countersign.http;

import org.jspecify.annotations.NullMarked;
