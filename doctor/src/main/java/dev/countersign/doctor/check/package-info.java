/** What the doctor looks at, one file for each part of the conversation. */
@NullMarked
package dev.countersign.doctor.check;

import org.jspecify.annotations.NullMarked;
