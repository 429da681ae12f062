package dev.countersign.agent.runtime;

/** The servers that the agent knows. */
enum ServerLine {
  /** Embedded, stand-alone, under Spring Boot. */
  TOMCAT("Apache Tomcat", "9.0, 10.1, 11.0");

  private final String title;
  private final String versions;

  ServerLine(String title, String versions) {
    this.title = title;
    this.versions = versions;
  }

  String title() {
    return title;
  }

  String versions() {
    return versions;
  }
}
