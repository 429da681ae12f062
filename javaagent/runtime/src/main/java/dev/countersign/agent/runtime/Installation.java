package dev.countersign.agent.runtime;

import dev.countersign.config.ResourceServerConfig;
import dev.countersign.config.SettingSource;
import dev.countersign.config.TokenPassthrough;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The agent in one JVM. As long as it is only made it has changed nothing.
 *
 * @param instrumentation the JVM
 * @param config the settings
 * @param engine what judges
 * @param table what is woven
 */
record Installation(
    Instrumentation instrumentation, ResourceServerConfig config, Engine engine, HookPoints table) {

  /**
   * Reads the settings.
   *
   * @throws dev.countersign.config.ConfigException with everything that is wrong with them
   */
  static Installation of(@Nullable String argument, Instrumentation instrumentation) {
    ResourceServerConfig config =
        ResourceServerConfig.read(
            SettingSource.all(SettingSource.agentArguments(argument == null ? "" : argument)));
    return new Installation(
        instrumentation,
        config,
        new Engine(config),
        new HookPoints(config.tokenPassthrough() != TokenPassthrough.OFF));
  }

  /** Puts the agent in front of every server of this JVM, of the past and of the future. */
  void install() throws IOException, ReflectiveOperationException, UnmodifiableClassException {
    GateDefinition.define(instrumentation, new Interceptors(engine));
    if (config.tokenPassthrough() != TokenPassthrough.OFF) {
      UrlConnectionCalls.open(instrumentation);
    }
    instrumentation.addTransformer(
        transformer(FailureHandling.of(config.onStartupFailure())::handle), true);
    for (Class<?> type : loaded()) {
      instrumentation.retransformClasses(type);
    }
  }

  /** What weaves; its failures are told to somebody. */
  ServerTransformer transformer(Consumer<String> failure) {
    return new ServerTransformer(table, engine.ports(), failure, OutgoingCalls.blocks(config));
  }

  /** The classes to be woven that are loaded: of the JDK, and of servers that run already. */
  List<Class<?>> loaded() {
    List<Class<?>> loaded = new ArrayList<>();
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (table.areIn(type)) {
        loaded.add(type);
      }
    }
    return loaded;
  }
}
