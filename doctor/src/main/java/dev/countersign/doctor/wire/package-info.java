/** What the doctor sends and receives. */
@NullMarked
package dev.countersign.doctor.wire;

import org.jspecify.annotations.NullMarked;
