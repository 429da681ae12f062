package dev.countersign.config;

import static dev.countersign.config.SettingValue.bool;
import static dev.countersign.config.SettingValue.commaList;
import static dev.countersign.config.SettingValue.duration;
import static dev.countersign.config.SettingValue.spaceList;

import dev.countersign.mcp.Target;
import dev.countersign.mcp.Unlisted;
import java.util.List;

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
      case TOOL_SCOPES -> policy(to).scopes(Target.tool(to.name()), value);
      case PROMPT_SCOPES -> policy(to).scopes(Target.prompt(to.name()), value);
      case RESOURCE_SCOPES -> policy(to).scopes(Target.resource(to.name()), value);
      case METHOD_SCOPES -> policy(to).scopes(Target.method(to.name()), value);
      case POLICY -> policy(to).file(value);
      case SCOPE_IMPLIES -> policy(to).implies(to.name(), List.of(spaceList(value)));
      case UNLISTED_TOOLS -> unlisted(to, Target.Kind.TOOL, value);
      case UNLISTED_PROMPTS -> unlisted(to, Target.Kind.PROMPT, value);
      case UNLISTED_RESOURCES -> unlisted(to, Target.Kind.RESOURCE, value);
      case UNLISTED_METHODS -> unlisted(to, Target.Kind.METHOD, value);
      case CONCEAL_RULES -> policy(to).conceal(bool(value));
      case HIDE_DENIED -> to.resource().hideDenied(bool(value));
      case FILTER_LISTS -> to.resource().filterLists(bool(value));
      case ACR_VALUES -> to.resource().acrValues(spaceList(value));
      case TOOL_ACR_VALUES -> acrValues(to, Target.tool(to.name()), value);
      case PROMPT_ACR_VALUES -> acrValues(to, Target.prompt(to.name()), value);
      case RESOURCE_ACR_VALUES -> acrValues(to, Target.resource(to.name()), value);
      case METHOD_ACR_VALUES -> acrValues(to, Target.method(to.name()), value);
      case MAX_AGE -> to.resource().maxAge(duration(value));
      case TOOL_MAX_AGE -> policy(to).maxAge(Target.tool(to.name()), duration(value));
      case PROMPT_MAX_AGE -> policy(to).maxAge(Target.prompt(to.name()), duration(value));
      case RESOURCE_MAX_AGE -> policy(to).maxAge(Target.resource(to.name()), duration(value));
      case METHOD_MAX_AGE -> policy(to).maxAge(Target.method(to.name()), duration(value));
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

  private static PolicyDraft policy(SettingTarget to) {
    return to.resource().policy();
  }

  private static void acrValues(SettingTarget to, Target target, String value) {
    policy(to).acrValues(target, List.of(spaceList(value)));
  }

  private static void unlisted(SettingTarget to, Target.Kind kind, String value) {
    policy(to).unlisted(kind, Unlisted.parse(value, kind));
  }
}
