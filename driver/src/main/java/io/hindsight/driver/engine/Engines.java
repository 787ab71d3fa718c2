package io.hindsight.driver.engine;

import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.ConfigProblem;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.TrainingConfig.EngineKind;
import io.hindsight.driver.engine.jobs.JobEngine;
import io.hindsight.driver.engine.resident.HindsightPlugin;
import io.hindsight.driver.engine.resident.ResidentEngine;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.kernels.network.NetworkSpec;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses and opens the engine of a run. */
public final class Engines {
  private static final Logger LOG = LoggerFactory.getLogger(Engines.class);
  private static final String PLUGIN = HindsightPlugin.class.getName();

  /**
   * The engine that a run gets.
   *
   * @param kind not {@link EngineKind#AUTO}
   * @param reason why it was chosen
   */
  public record Choice(EngineKind kind, String reason) {}

  private Engines() {}

  /**
   * Chooses an engine. Within one process Spark brings nothing but its overhead, so {@code auto}
   * uses it on clusters only; there with resident tasks, if the session has their plugin.
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
        : new Choice(EngineKind.SPARK_RESIDENT, "the master " + master.get() + " is a cluster");
  }

  /**
   * Checks the choice against the session that there is: one that was started without the plugin
   * has no resident tasks.
   *
   * @throws ConfigException if resident tasks are configured, and impossible
   */
  static Choice inSession(Choice choice, EngineKind wished, Sessions session) {
    boolean possible =
        choice.kind() != EngineKind.SPARK_RESIDENT || HindsightPlugin.isActive(session.context());
    if (possible) {
      return choice;
    }
    if (wished == EngineKind.SPARK_RESIDENT) {
      throw new ConfigException(List.of(withoutPlugin()));
    }
    return new Choice(
        EngineKind.SPARK_JOBS, "the session was started without spark.plugins=" + PLUGIN);
  }

  private static ConfigProblem withoutPlugin() {
    return new ConfigProblem(
        "configuration",
        0,
        0,
        "training.engine",
        "spark-resident needs a session that was started with its plugin, and this one was not",
        "start it with --conf spark.plugins=" + PLUGIN + ", or use spark-jobs or auto");
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
    EngineKind wished = config.training().engine();
    Choice choice = inSession(choose(wished, Sessions.master()), wished, session);
    long seed = config.seed();
    int tasks = config.training().tasks();
    GradientEngine engine =
        switch (choice.kind()) {
          case SPARK_RESIDENT -> new ResidentEngine(session.context(), spec, plan, seed, tasks);
          case SPARK_JOBS ->
              new JobEngine(session.context(), spec, plan, seed, tasks, config.training().reduce());
          default -> new LocalEngine(spec, plan, seed, tasks);
        };
    LOG.info(
        "engine {} ({}): {} shards in {} tasks per step",
        engine.name(),
        choice.reason(),
        plan.shards().size(),
        engine.tasks());
    return engine;
  }
}
