package io.hindsight.driver.engine;

import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.TrainingConfig.EngineKind;
import io.hindsight.driver.engine.jobs.JobEngine;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.kernels.network.NetworkSpec;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses and opens the engine of a run. */
public final class Engines {
  private static final Logger LOG = LoggerFactory.getLogger(Engines.class);

  /**
   * The engine that a run gets.
   *
   * @param kind not {@link EngineKind#AUTO}
   * @param reason why it was chosen
   */
  public record Choice(EngineKind kind, String reason) {}

  private Engines() {}

  /**
   * Chooses an engine. Within one process Spark's jobs bring nothing but their overhead, so {@code
   * auto} uses them on clusters only.
   *
   * @param wished the configured kind
   * @param master Spark's master, if one is set
   */
  public static Choice choose(EngineKind wished, Optional<String> master) {
    if (wished != EngineKind.AUTO) {
      return new Choice(wished, "as configured");
    }
    if (master.isEmpty()) {
      return new Choice(EngineKind.LOCAL, "no Spark master is set");
    }
    boolean local = Sessions.isLocal(master.get());
    return local
        ? new Choice(EngineKind.LOCAL, "the master " + master.get() + " is this process")
        : new Choice(EngineKind.SPARK_JOBS, "the master " + master.get() + " is a cluster");
  }

  /**
   * Opens the engine of a run, and logs which and why, and so for the kernels.
   *
   * @param session must be present for jobs, as {@link Sessions#forRun} sees to; outlives the
   *     engine
   */
  public static GradientEngine open(
      RunConfig config, NetworkSpec spec, ShardPlan plan, Sessions session) {
    KernelLog.writeOnce();
    Choice choice = choose(config.training().engine(), Sessions.master());
    int tasks = config.training().tasks();
    GradientEngine engine =
        choice.kind() == EngineKind.SPARK_JOBS
            ? new JobEngine(
                session.context(), spec, plan, config.seed(), tasks, config.training().reduce())
            : new LocalEngine(spec, plan, config.seed(), tasks);
    LOG.info(
        "engine {} ({}): {} shards in {} tasks per step",
        engine.name(),
        choice.reason(),
        plan.shards().size(),
        engine.tasks());
    return engine;
  }
}
