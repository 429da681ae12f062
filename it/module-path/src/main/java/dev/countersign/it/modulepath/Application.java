package dev.countersign.it.modulepath;

import dev.countersign.ResourceServer;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.servlet.ResourceServerFilter;

/** Makes an engine and a filter, and says from which modules they come. */
public final class Application {

  private Application() {}

  /**
   * Prints the names of the modules.
   *
   * @param args not used
   */
  public static void main(String[] args) {
    ResourceServerConfig config =
        ResourceServerConfig.builder("https://mcp.example.com/mcp")
            .authorizationServer("https://id.example.com")
            .build();
    try (ResourceServer engine = ResourceServer.create(config)) {
      System.out.println(ResourceServer.class.getModule().getName());
      System.out.println(new ResourceServerFilter(engine).getClass().getModule().getName());
    }
  }
}
