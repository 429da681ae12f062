/** The command line. */
@NullMarked
package dev.countersign.doctor.cli;

import org.jspecify.annotations.NullMarked;
