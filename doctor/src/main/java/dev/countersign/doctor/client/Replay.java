package dev.countersign.doctor.client;

import dev.countersign.doctor.check.Document;
import dev.countersign.doctor.check.Probe;
import dev.countersign.doctor.check.Site;
import dev.countersign.doctor.client.Client.Demand;
import dev.countersign.doctor.wire.Answer;
import dev.countersign.doctor.wire.Caller;
import dev.countersign.oauth.AuthorizationServerMetadata;
import dev.countersign.testkit.client.ClientReading;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one client does with a site, up to the page where the user logs in, or to where it stops.
 * Immutable.
 *
 * @param client the client
 * @param steps what it does, in order
 * @param stopped why it stops before the login; empty if it gets there
 */
public record Replay(Client client, List<String> steps, Optional<String> stopped) {

  /** Copies the list. */
  public Replay {
    steps = List.copyOf(steps);
  }

  /** The first thing that a client cannot get over. */
  private static final class Stop extends Exception {

    private static final long serialVersionUID = 1L;

    Stop(String why) {
      super(why);
    }
  }

  /**
   * Does what the client does.
   *
   * @param client the client
   * @param site the site; what was asked before is not asked again
   * @return how far it gets
   */
  public static Replay of(Client client, Site site) {
    List<String> steps = new ArrayList<>();
    try {
      new Walk(client, site, steps).toLogin();
      return new Replay(client, steps, Optional.empty());
    } catch (Stop stop) {
      return new Replay(client, steps, Optional.of(String.valueOf(stop.getMessage())));
    }
  }

  private record Walk(Client client, Site site, List<String> steps) {

    void toLogin() throws Stop {
      Document metadata = metadata(challenge());
      List<String> servers = metadata.texts("authorization_servers");
      if (servers.isEmpty()) {
        throw new Stop("the metadata names no authorization server");
      }
      login(servers.get(0));
    }

    /** The URL that the client takes from the challenge; empty if it takes none. */
    private String challenge() throws Stop {
      for (Probe probe : client.probes()) {
        Answer answer = site.probe(probe);
        steps.add(probe.title() + ": " + answer.status());
        if (answer.status() == 401) {
          return pointer(answer.values("www-authenticate"));
        }
      }
      throw new Stop("no probe is answered 401, so it takes the server for one without login");
    }

    private String pointer(List<String> lines) throws Stop {
      ClientReading reading = client.parser().read(lines);
      if (reading.aborted()) {
        throw new Stop("it cannot read the challenge and gives up");
      }
      String pointer = reading.resourceMetadata().orElse("");
      steps.add(pointer.isEmpty() ? "reads no metadata URL" : "reads metadata URL " + pointer);
      boolean foreign =
          client.demands(Demand.SAME_ORIGIN) && !pointer.isEmpty() && !isOnOrigin(pointer);
      return foreign ? "" : pointer;
    }

    private boolean isOnOrigin(String pointer) {
      try {
        return Caller.sameOrigin(site.url(), site.url().resolve(URI.create(pointer)));
      } catch (IllegalArgumentException e) {
        return false;
      }
    }

    private Document metadata(String pointer) throws Stop {
      for (MetadataPlace place : client.places()) {
        String url = place.url(site, pointer);
        if (url.isEmpty()) {
          continue;
        }
        Answer answer = site.get(url);
        steps.add("GET " + url + " (" + place.title() + "): " + answer.status());
        Optional<Document> found = Document.of(url, answer).filter(this::isUsable);
        if (found.isPresent()) {
          return found.get();
        }
      }
      throw new Stop("it finds no protected resource metadata that it accepts");
    }

    private boolean isUsable(Document document) {
      if (client.demands(Demand.JSON_TYPE)
          && !document.answer().mediaType().equals("application/json")) {
        steps.add("passes over it: the media type is not application/json");
        return false;
      }
      Optional<String> resource = document.text("resource");
      boolean fits = resource.isPresent() && client.rule().accepts(site.url(), resource.get());
      if (!fits) {
        steps.add("passes over it: resource does not fit the URL that was typed");
      }
      return fits;
    }

    private void login(String issuer) throws Stop {
      for (URI place : places(issuer)) {
        Answer answer = site.get(place.toString());
        steps.add("GET " + place + ": " + answer.status());
        Optional<Document> found = Document.of(place.toString(), answer);
        if (found.isPresent()) {
          check(found.get(), issuer);
          return;
        }
      }
      throw new Stop("it finds no metadata of the authorization server");
    }

    private List<URI> places(String issuer) throws Stop {
      try {
        return AuthorizationServerMetadata.locations(issuer);
      } catch (IllegalArgumentException e) {
        throw new Stop("the authorization server is no URL");
      }
    }

    private void check(Document server, String issuer) throws Stop {
      boolean same = server.text("issuer").filter(issuer::equals).isPresent();
      if (client.demands(Demand.ISSUER) && !same) {
        throw new Stop("the authorization server names another issuer than the resource does");
      }
      boolean pkce = server.texts("code_challenge_methods_supported").contains("S256");
      if (client.demands(Demand.PKCE) && !pkce) {
        throw new Stop("the authorization server does not advertise PKCE with S256");
      }
      String login =
          server
              .text("authorization_endpoint")
              .orElseThrow(() -> new Stop("there is no authorization endpoint"));
      steps.add("opens " + login);
    }
  }
}
