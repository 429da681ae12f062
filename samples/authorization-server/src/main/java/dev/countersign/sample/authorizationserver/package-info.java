/**
 * The authorization server of the demo: Spring Authorization Server on embedded Tomcat, bound to
 * the loopback, see {@link dev.countersign.sample.authorizationserver.DemoAuthorizationServer}.
 */
@NullMarked
package dev.countersign.sample.authorizationserver;

import org.jspecify.annotations.NullMarked;
