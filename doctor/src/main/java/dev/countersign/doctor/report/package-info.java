/** The findings, written down for people and for machines. */
@NullMarked
package dev.countersign.doctor.report;

import org.jspecify.annotations.NullMarked;
