package dev.countersign.agent.adapter.ktor;

import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import io.ktor.server.engine.EnginePipeline;
import io.ktor.util.pipeline.PipelinePhase;
import org.jspecify.annotations.Nullable;

/**
 * Every pipeline of an engine gets a phase before its first one: before the application, and before
 * what is installed at the engine itself, the shutdown address for one.
 */
public final class KtorGuard implements Interceptor {

  private final Engine engine;

  /**
   * A guard.
   *
   * @param engine the engine
   */
  public KtorGuard(Engine engine) {
    this.engine = engine;
  }

  @Override
  public @Nullable Object intercept(Call call) {
    EnginePipeline pipeline = call.self(EnginePipeline.class);
    PipelinePhase judging = new PipelinePhase("Countersign");
    pipeline.insertPhaseBefore(EnginePipeline.Companion.getBefore(), judging);
    pipeline.intercept(judging, new Judging(engine, pipeline));
    return null;
  }
}
