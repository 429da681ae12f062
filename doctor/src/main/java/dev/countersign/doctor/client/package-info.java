/** How single clients discover where to log in, step by step. */
@NullMarked
package dev.countersign.doctor.client;

import org.jspecify.annotations.NullMarked;
