package dev.countersign.doctor.check;

import dev.countersign.doctor.wire.Answer;
import dev.countersign.oauth.AuthorizationServerMetadata;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One authorization server that the metadata of the site names, as clients discover it (RFC 8414
 * section 3). Immutable.
 *
 * @param issuer as the site spells it
 * @param asked the places where its metadata may be, in the order in which clients ask
 * @param answers what they answered, in the same order
 */
record AuthorizationServer(String issuer, List<URI> asked, List<Answer> answers) {

  static List<AuthorizationServer> of(Site site) {
    return site
        .metadata()
        .map(document -> document.texts("authorization_servers"))
        .orElse(List.of())
        .stream()
        .map(issuer -> of(site, issuer))
        .toList();
  }

  /** The metadata of each that has some. */
  static Stream<Document> documents(Site site) {
    return of(site).stream().flatMap(server -> server.metadata().stream());
  }

  private static AuthorizationServer of(Site site, String issuer) {
    List<URI> places;
    try {
      places = AuthorizationServerMetadata.locations(issuer);
    } catch (IllegalArgumentException e) {
      places = List.of();
    }
    List<Answer> answers = new ArrayList<>();
    places.forEach(place -> answers.add(site.get(place.toString())));
    return new AuthorizationServer(issuer, places, answers);
  }

  /** The first document, whatever issuer it names. */
  Optional<Document> metadata() {
    for (int at = 0; at < asked.size(); at++) {
      Optional<Document> found = Document.of(asked.get(at).toString(), answers.get(at));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** The places that answer with metadata. */
  List<String> working() {
    List<String> working = new ArrayList<>();
    for (int at = 0; at < asked.size(); at++) {
      String place = asked.get(at).toString();
      Document.of(place, answers.get(at)).ifPresent(found -> working.add(place));
    }
    return working;
  }

  /** One line for each place. */
  String table() {
    StringBuilder lines = new StringBuilder();
    for (int at = 0; at < asked.size(); at++) {
      lines.append(asked.get(at)).append(": ").append(Shown.status(answers.get(at))).append('\n');
    }
    return lines.toString().lines().collect(Collectors.joining("\n"));
  }
}
