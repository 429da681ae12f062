/** Looks into an access token without printing it. */
@NullMarked
package dev.countersign.doctor.token;

import org.jspecify.annotations.NullMarked;
