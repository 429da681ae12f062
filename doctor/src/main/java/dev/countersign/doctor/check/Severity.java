package dev.countersign.doctor.check;

/** How bad a finding is. */
public enum Severity {
  /** A widely used client cannot log in. */
  ERROR,
  /** A client gets less than it could. */
  WARNING,
  /** Good to know. */
  INFO
}
