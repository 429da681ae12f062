package dev.countersign.config;

import dev.countersign.token.IssuerTemplate;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Whether the options of an authorization server fit each other: a weak tie needs a second one. */
final class IssuerChecks {

  // Claims that say what a token is; those of other resources have them too.
  private static final Set<String> OF_ANY_RESOURCE = Set.of("token_use", "typ", "ver");

  /**
   * What is looked at.
   *
   * @param options the options, those of the profile included
   * @param issuer the issuer as configured
   * @param severalResources whether there is more than one resource
   */
  private record Case(IssuerOptions options, String issuer, boolean severalResources) {}

  private record Rule(String setting, Predicate<Case> broken, String expectation) {}

  private static final String ONE_RESOURCE =
      "expected one resource: with several, a token of one would pass for another";

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              "extra-audiences",
              one -> given(one, "extra-audiences") && !one.options().isOn("exclusive-audience"),
              "needs exclusive-audience=true"),
          new Rule(
              "client-id-as-audience",
              one ->
                  one.options().isOn("client-id-as-audience")
                      && !(given(one, "client-ids") && given(one, "binding-scopes")),
              "needs client-ids, and binding-scopes: an ID token has the client in aud, but no"
                  + " scope"),
          new Rule(
              "absent-audience",
              one -> one.options().isOn("absent-audience") && !hasSecondBinding(one),
              "needs client-ids, and binding-scopes or a claim of this resource alone in"
                  + " required-claims"),
          new Rule(
              "accept-origin-audience",
              one -> one.severalResources() && one.options().isOn("accept-origin-audience"),
              ONE_RESOURCE),
          new Rule(
              "client-id-as-audience",
              one -> one.severalResources() && one.options().isOn("client-id-as-audience"),
              ONE_RESOURCE),
          new Rule(
              "absent-audience",
              one -> one.severalResources() && one.options().isOn("absent-audience"),
              ONE_RESOURCE),
          new Rule(
              "scope-as-audience",
              one -> one.severalResources() && given(one, "scope-as-audience"),
              ONE_RESOURCE),
          new Rule(
              "tenants",
              one -> given(one, "tenants") && !IssuerTemplate.isOne(one.issuer()),
              "needs an issuer with a placeholder, such as https://login.example/{tenantid}/v2.0"),
          needsTenants("issuer-aliases"),
          needsTenants("required-claims"));

  private IssuerChecks() {}

  private static Rule needsTenants(String setting) {
    return new Rule(
        setting,
        one -> IssuerTemplate.isOne(one.options().value(setting)) && !given(one, "tenants"),
        "needs tenants, because of the placeholder");
  }

  private static boolean given(Case one, String setting) {
    return one.options().has(setting);
  }

  private static boolean hasSecondBinding(Case one) {
    return given(one, "client-ids")
        && (given(one, "binding-scopes")
            || (given(one, "required-claims")
                && !OF_ANY_RESOURCE.containsAll(
                    List.of(one.options().value("required-claims").split("=[^,]*,?")))));
  }

  /** Says everything that does not fit; true if all does. */
  static boolean fit(String front, IssuerOptions options, String issuer, boolean severalResources) {
    Case one = new Case(options, issuer, severalResources);
    boolean fit = true;
    for (Rule rule : RULES) {
      if (rule.broken().test(one)) {
        options.refuse(front + rule.setting(), rule.setting(), rule.expectation());
        fit = false;
      }
    }
    return fit;
  }
}
