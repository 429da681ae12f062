/** Logins at real authorization servers, and calls with their tokens. */
@NullMarked
package dev.countersign.it.authorizationservers;

import org.jspecify.annotations.NullMarked;
