package dev.countersign.oauth;

import dev.countersign.internal.Json;
import java.util.ArrayList;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The members that RFC 9728 section 2 registers, and their types. */
final class MetadataMembers {

  /** Members with several values: always an array (section 3.2). */
  static final Set<String> LISTS =
      Set.of(
          "authorization_servers",
          "scopes_supported",
          "bearer_methods_supported",
          "resource_signing_alg_values_supported",
          "authorization_details_types_supported",
          "dpop_signing_alg_values_supported");

  /** Members for people, which may carry a language tag (section 2.1). */
  static final Set<String> TEXTS =
      Set.of("resource_name", "resource_documentation", "resource_policy_uri", "resource_tos_uri");

  private static final Set<String> STRINGS = Set.of("resource", "jwks_uri", "signed_metadata");
  private static final Set<String> FLAGS =
      Set.of("tls_client_certificate_bound_access_tokens", "dpop_bound_access_tokens_required");

  private MetadataMembers() {}

  static boolean isRegistered(String name) {
    String untagged = name.contains("#") ? name.substring(0, name.indexOf('#')) : name;
    return LISTS.contains(untagged)
        || TEXTS.contains(untagged)
        || STRINGS.contains(untagged)
        || FLAGS.contains(untagged);
  }

  /** Whether a language tag is well-formed (RFC 5646 section 2.2.9). */
  static boolean isLanguageTag(String tag) {
    try {
      return !new Locale.Builder().setLanguageTag(tag).build().toLanguageTag().equals("und");
    } catch (IllformedLocaleException e) {
      return false;
    }
  }

  /** Everything that keeps a document from being one of RFC 9728. */
  static List<String> faults(Map<String, Object> members) {
    List<String> faults = new ArrayList<>();
    if (!members.containsKey("resource")) {
      faults.add("resource is missing");
    }
    members.forEach(
        (name, value) -> {
          String expected = expectedType(name);
          if (!expected.isEmpty() && !isOfType(value, expected)) {
            faults.add(name + " must be " + expected);
          }
        });
    return faults;
  }

  private static String expectedType(String name) {
    String untagged = name.contains("#") ? name.substring(0, name.indexOf('#')) : name;
    if (LISTS.contains(untagged)) {
      return "an array of strings";
    }
    if (FLAGS.contains(untagged)) {
      return "a boolean";
    }
    return STRINGS.contains(untagged) || TEXTS.contains(untagged) ? "a string" : "";
  }

  private static boolean isOfType(Object value, String expected) {
    if (Json.NULL.equals(value)) {
      return false;
    }
    if (expected.equals("an array of strings")) {
      return value instanceof List<?> list && list.stream().allMatch(String.class::isInstance);
    }
    return expected.equals("a boolean") ? value instanceof Boolean : value instanceof String;
  }
}
