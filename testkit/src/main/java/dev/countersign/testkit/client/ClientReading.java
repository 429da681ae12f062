package dev.countersign.testkit.client;

import java.util.Map;
import java.util.Optional;

/**
 * What a client takes from the {@code WWW-Authenticate} field of a response. Immutable.
 *
 * @param params the values it works with, by the names {@code resource_metadata}, {@code scope} and
 *     {@code error}; an empty value is none
 * @param aborted whether the client gives up the login because of the field
 */
public record ClientReading(Map<String, String> params, boolean aborted) {

  static final ClientReading NOTHING = new ClientReading(Map.of(), false);
  static final ClientReading ABORTED = new ClientReading(Map.of(), true);

  /** Copies the map. */
  public ClientReading {
    params = Map.copyOf(params);
  }

  static ClientReading of(Map<String, String> params) {
    return new ClientReading(params, false);
  }

  /**
   * Where the client fetches the protected resource metadata.
   *
   * @return empty if it has to guess
   */
  public Optional<String> resourceMetadata() {
    return param("resource_metadata");
  }

  /**
   * The scope that the client asks for.
   *
   * @return empty if it finds none
   */
  public Optional<String> scope() {
    return param("scope");
  }

  /**
   * Why the client thinks it was refused.
   *
   * @return empty if it finds no reason
   */
  public Optional<String> error() {
    return param("error");
  }

  Optional<String> param(String name) {
    return Optional.ofNullable(params.get(name)).filter(value -> !value.isEmpty());
  }
}
