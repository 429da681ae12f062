package dev.countersign.doctor.client;

import dev.countersign.doctor.check.Site;

/** Where a client looks for protected resource metadata. */
enum MetadataPlace {
  /** Where the challenge says. */
  CHALLENGE("the challenge"),
  /** Behind the well-known name and the path (RFC 9728 section 3.1). */
  PATH("the well-known URL of the path"),
  /** At the well-known name of the origin. */
  ROOT("the well-known URL of the origin"),
  /** Behind the path, as no specification says. */
  APPENDED("the well-known name behind the path");

  private final String title;

  MetadataPlace(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** The URL; empty if the client has none. */
  String url(Site site, String pointer) {
    return switch (this) {
      case CHALLENGE -> pointer;
      case PATH -> site.metadataUrl();
      case ROOT -> site.rootMetadataUrl();
      case APPENDED -> site.appendedMetadataUrl();
    };
  }
}
