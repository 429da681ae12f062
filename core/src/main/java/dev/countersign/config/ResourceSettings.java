package dev.countersign.config;

import static dev.countersign.config.SettingValue.commaList;
import static dev.countersign.config.SettingValue.duration;
import static dev.countersign.config.SettingValue.spaceList;

/** Translates the settings of one resource into builder calls. */
final class ResourceSettings {

  private ResourceSettings() {}

  // A switch and no table of lambdas: each lambda costs start-up time, which the agent has little
  // of.
  static void apply(Setting setting, SettingTarget to, String value) {
    switch (setting) {
      case RESOURCE -> to.resource().resource(value);
      case REQUIRED_SCOPES -> to.resource().requiredScopes(spaceList(value));
      case ANNOUNCED_SCOPES -> to.resource().announcedScopes(spaceList(value));
      case SCOPES_SUPPORTED -> to.resource().scopesSupported(spaceList(value));
      case TOOL_SCOPES -> to.resource().toolScope(to.name(), spaceList(value));
      case ACR_VALUES -> to.resource().acrValues(spaceList(value));
      case TOOL_ACR_VALUES -> to.resource().toolAcrValues(to.name(), spaceList(value));
      case MAX_AGE -> to.resource().maxAge(duration(value));
      case TOOL_MAX_AGE -> to.resource().toolMaxAge(to.name(), duration(value));
      case STEP_UP -> to.resource().stepUp().strategy(value);
      case SCOPE_GROUPS -> to.resource().stepUp().scopeGroup(to.name(), spaceList(value));
      case PUBLIC_METHODS -> commaList(value).forEach(to.resource().publicCalls()::method);
      case PUBLIC_TOOLS -> commaList(value).forEach(to.resource().publicCalls()::tool);
      case RESOURCE_NAME -> to.resource().text("resource-name", "resource_name", "", value);
      case RESOURCE_NAME_IN ->
          to.resource().text("resource-name." + to.name(), "resource_name", to.name(), value);
      case RESOURCE_DOCUMENTATION ->
          to.resource().text("resource-documentation", "resource_documentation", "", value);
      case RESOURCE_POLICY_URI ->
          to.resource().text("resource-policy-uri", "resource_policy_uri", "", value);
      case RESOURCE_TOS_URI ->
          to.resource().text("resource-tos-uri", "resource_tos_uri", "", value);
      default -> throw new IllegalStateException(setting.key());
    }
  }
}
