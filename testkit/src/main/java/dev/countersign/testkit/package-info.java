/**
 * What a test of a resource server needs: {@link dev.countersign.testkit.ResourceServerContract}
 * for an attachment to a server, {@link dev.countersign.testkit.FakeAuthorizationServer} with
 * faults on demand, {@link dev.countersign.testkit.Tokens} that are good or bad in one named way, a
 * clock, a listener and an exchange that remember, and a client that sends exactly the bytes it is
 * given.
 *
 * <p>Everything runs inside one JVM and on the loopback only.
 */
@NullMarked
package dev.countersign.testkit;

import org.jspecify.annotations.NullMarked;
