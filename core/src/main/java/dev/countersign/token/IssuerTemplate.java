package dev.countersign.token;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An issuer identifier with one placeholder, as {@code https://login.example/{tenantid}/v2.0}, for
 * an authorization server with an issuer for each of its tenants. No token is compared with it: it
 * is written out for the tenants on a list. Immutable.
 *
 * @param text the identifier with the placeholder
 */
public record IssuerTemplate(String text) {

  /** The greatest number of tenants. */
  public static final int MAX_TENANTS = 50;

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{[A-Za-z]+\\}");
  private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  // Names under which a server takes in the users of any tenant.
  private static final Set<String> ANYBODY = Set.of("common", "organizations", "consumers");

  /**
   * Checks that there is one placeholder, and that it is a whole segment of the path.
   *
   * @throws IllegalArgumentException if not
   */
  public IssuerTemplate {
    Matcher found = PLACEHOLDER.matcher(text);
    boolean segment =
        found.find()
            && text.indexOf('/', "https://".length()) > 0
            && text.charAt(found.start() - 1) == '/'
            && (found.end() == text.length() || text.charAt(found.end()) == '/')
            && text.lastIndexOf('/', found.start() - 1) > "https://".length();
    if (!segment || found.find()) {
      throw new IllegalArgumentException(
          "expected one placeholder such as {tenantid}, a whole segment of the path");
    }
  }

  /**
   * Whether a text is to be read as a template.
   *
   * @param text an issuer identifier
   * @return true if a brace is in it
   */
  public static boolean isOne(String text) {
    return text.indexOf('{') >= 0 || text.indexOf('}') >= 0;
  }

  /**
   * Writes a tenant into every placeholder of a text.
   *
   * @param text a text
   * @param tenant a tenant of {@link #requireTenants}
   * @return the text without placeholder
   */
  public static String fill(String text, String tenant) {
    return PLACEHOLDER.matcher(text).replaceAll(Matcher.quoteReplacement(tenant));
  }

  /**
   * Checks a list of tenants.
   *
   * @param tenants the tenants, at least one
   * @return the list
   * @throws IllegalArgumentException if one is no exact name of one tenant, or there are more than
   *     {@link #MAX_TENANTS}
   */
  public static List<String> requireTenants(Collection<String> tenants) {
    boolean exact =
        tenants.stream().allMatch(one -> TENANT.matcher(one).matches() && !ANYBODY.contains(one));
    if (tenants.isEmpty() || tenants.size() > MAX_TENANTS || !exact) {
      throw new IllegalArgumentException(
          "expected 1 to "
              + MAX_TENANTS
              + " identifiers of tenants, each as it stands in iss; there is no wildcard, and none of "
              + "common, organizations and consumers is a tenant");
    }
    return List.copyOf(tenants);
  }
}
