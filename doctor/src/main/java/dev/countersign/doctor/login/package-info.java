/** A whole login, as a client does it. */
@NullMarked
package dev.countersign.doctor.login;

import org.jspecify.annotations.NullMarked;
