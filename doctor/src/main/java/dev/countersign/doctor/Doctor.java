package dev.countersign.doctor;

import dev.countersign.doctor.cli.DoctorCommand;

/** {@code java -jar countersign-doctor.jar}. */
public final class Doctor {

  private Doctor() {}

  /**
   * Runs the doctor and ends the JVM with its exit code.
   *
   * @param arguments what was typed
   */
  public static void main(String[] arguments) {
    System.exit(DoctorCommand.run(arguments));
  }
}
