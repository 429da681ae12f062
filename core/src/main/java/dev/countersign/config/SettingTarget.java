package dev.countersign.config;

/**
 * What the value of a setting is given to.
 *
 * @param server for settings of the server
 * @param resource for settings of a resource
 * @param issuer for settings of an authorization server
 * @param name what stands in the place of the star in the key; empty without a star
 */
record SettingTarget(
    ConfigBuilder server, ResourceBuilder resource, IssuerBuilder issuer, String name) {

  void apply(Setting setting, String value) {
    switch (setting.level()) {
      case SERVER -> ServerSettings.apply(setting, this, value);
      case RESOURCE -> ResourceSettings.apply(setting, this, value);
      case ISSUER -> IssuerSettings.apply(setting, this, value);
    }
  }
}
