/**
 * The vocabulary of RFC 9110: field lines, responses, and the challenges of section 11. Begin with
 * {@link dev.countersign.http.BearerChallenge} to write a challenge, with {@link
 * dev.countersign.http.Challenges} to read or complete a field, and with {@link
 * dev.countersign.http.ChallengeLint} to judge one. Needs nothing but the JDK.
 */
@NullMarked
package dev.countersign.http;

import org.jspecify.annotations.NullMarked;
