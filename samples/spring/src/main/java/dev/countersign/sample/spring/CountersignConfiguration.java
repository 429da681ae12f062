package dev.countersign.sample.spring;

import dev.countersign.ResourceServer;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.config.SettingSource;
import dev.countersign.servlet.ResourceServerFilter;
import jakarta.servlet.DispatcherType;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.StandardEnvironment;

/** The filter in front of everything: the part to copy. */
@Configuration(proxyBeanMethods = false)
class CountersignConfiguration {

  private static final String PREFIX = "countersign.";

  @Bean
  ResourceServer resourceServer(ConfigurableEnvironment environment) {
    return ResourceServer.create(
        ResourceServerConfig.read(
            SettingSource.all(SettingSource.of("application property", settings(environment)))));
  }

  @Bean
  FilterRegistrationBean<ResourceServerFilter> countersign(ResourceServer resourceServer) {
    var filter = new FilterRegistrationBean<>(new ResourceServerFilter(resourceServer));
    filter.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
    filter.setAsyncSupported(true);
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return filter;
  }

  // Without the environment variables, whose spelling of the keys is not that of a property: the
  // kit reads them itself, and finds them stronger.
  private static Map<String, String> settings(ConfigurableEnvironment environment) {
    Map<String, String> settings = new LinkedHashMap<>();
    environment.getPropertySources().stream()
        .filter(
            source ->
                !StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME.equals(
                    source.getName()))
        .filter(EnumerablePropertySource.class::isInstance)
        .map(source -> ((EnumerablePropertySource<?>) source).getPropertyNames())
        .flatMap(Arrays::stream)
        .filter(name -> name.startsWith(PREFIX))
        .forEach(
            name ->
                settings.put(
                    name.substring(PREFIX.length()), environment.getRequiredProperty(name)));
    return settings;
  }
}
