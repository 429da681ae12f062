package dev.countersign.doctor.token;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a token whose {@code aud} is not the resource may be tied to it all the same, or why it must
 * not. Immutable.
 *
 * @param token the token
 * @param resource the identifier of the resource
 */
record AudienceAdvice(TokenContent token, String resource) {

  // In every token of such a server, for whatever API: Keycloak, Microsoft Graph by name and by ID.
  private static final Set<String> OF_EVERYBODY =
      Set.of(
          "account",
          "authenticated",
          "00000003-0000-0000-c000-000000000000",
          "00000002-0000-0000-c000-000000000000");

  private static final Set<String> OF_IDENTITY =
      Set.of("openid", "profile", "email", "address", "phone", "offline_access");

  private static final Set<String> TIES =
      Set.of(
          "audience-aliases", "absent-audience", "client-id-as-audience", "accept-origin-audience");

  /** Adds what accepts it; false, with a note, if nothing should. */
  boolean mend(Map<String, String> settings, List<String> notes) {
    List<String> audience = token.texts("aud");
    notes.add("Better than a setting: let the authorization server put " + resource + " into aud.");
    if (settings.keySet().stream().anyMatch(TIES::contains)) {
      notes.add("Client, scopes and audience of the token do not tie it to this resource.");
      return false;
    }
    if (audience.isEmpty()) {
      return tiedByClient("absent-audience", settings, notes);
    }
    String origin = origin(resource);
    if (audience.contains(origin) || audience.contains(origin + "/")) {
      settings.put("accept-origin-audience", "true");
      return true;
    }
    Optional<String> alias = audience.stream().filter(this::mayMeanUs).findFirst();
    if (alias.isPresent()) {
      settings.put("audience-aliases", alias.get());
      return true;
    }
    if (token.client().filter(audience::contains).isPresent()) {
      return tiedByClient("client-id-as-audience", settings, notes);
    }
    notes.add(
        "It is for "
            + String.join(", ", audience)
            + ", which is somebody else: a server that took it would take tokens that were made for"
            + " others. Let the client ask for a token with resource="
            + resource
            + ".");
    return false;
  }

  private boolean tiedByClient(String tie, Map<String, String> settings, List<String> notes) {
    Optional<String> client = token.client();
    List<String> scopes = bindingScopes();
    if (client.isEmpty() || scopes.isEmpty()) {
      notes.add("The token has no client, or no scope of your own, that could tie it instead.");
      return false;
    }
    settings.put(tie, "true");
    settings.put("client-ids", client.get());
    settings.put("binding-scopes", String.join(" ", scopes));
    notes.add(
        "client-ids holds the client of this token only; add the others. binding-scopes must be"
            + " scopes of this resource alone.");
    return true;
  }

  /** The scopes that say something about an API. */
  List<String> bindingScopes() {
    return List.of("scope", "scp").stream()
        .map(token::scopes)
        .filter(list -> !list.isEmpty())
        .findFirst()
        .orElse(List.of())
        .stream()
        .filter(scope -> !OF_IDENTITY.contains(scope))
        .limit(1)
        .toList();
  }

  /** Audiences that could be this resource by another name. */
  List<String> aliases() {
    return token.texts("aud").stream().filter(this::mayMeanUs).toList();
  }

  private boolean mayMeanUs(String audience) {
    if (OF_EVERYBODY.contains(audience) || token.client().filter(audience::equals).isPresent()) {
      return false;
    }
    boolean url = audience.startsWith("https:") || audience.startsWith("http:");
    return !url
        || (origin(audience).equals(origin(resource))
            && (audience.startsWith(resource) || resource.startsWith(audience)));
  }

  private static String origin(String url) {
    try {
      URI uri = URI.create(url);
      return uri.getScheme() + "://" + uri.getRawAuthority();
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
