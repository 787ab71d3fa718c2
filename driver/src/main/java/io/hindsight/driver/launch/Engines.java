package io.hindsight.driver.launch;

import io.hindsight.datasets.Count;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.EngineKind;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.engine.EngineChoice;
import io.hindsight.driver.engine.GradientEngine;
import io.hindsight.driver.engine.KernelLog;
import io.hindsight.driver.loss.LossPlan;
import io.hindsight.driver.plan.Advice;
import io.hindsight.driver.plan.Limits;
import io.hindsight.driver.plan.Prediction;
import io.hindsight.driver.plan.SparkSetup;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.spark.resident.HindsightPlugin;
import io.hindsight.driver.spark.session.ClusterShape;
import io.hindsight.driver.spark.session.Sessions;
import io.hindsight.kernels.network.NetworkSpec;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses and opens the engine of a run. */
public final class Engines {
  private static final Logger LOG = LoggerFactory.getLogger(Engines.class);
  private static final String PLUGIN = HindsightPlugin.class.getName();

  private Engines() {}

  /**
   * Refuses settings that cannot work, before a session is started and data is read.
   *
   * @throws ConfigException with every problem
   */
  public static void requirePossible(RunConfig config) {
    EngineKind wished = config.training().execution().engine();
    boolean alone = EngineChoice.of(wished, Sessions.master()).kind() == EngineKind.LOCAL;
    Limits.check(wished, ClusterShape.setup(alone ? Optional.empty() : Sessions.present()));
  }

  /**
   * Refuses a network that this process has no memory for, before any of it is taken.
   *
   * @throws ConfigException if it does not fit
   */
  public static void requireMemory(RunConfig config, NetworkSpec spec, ShardPlan plan) {
    Limits.checkDriver(spec, plan, config.training(), Runtime.getRuntime().maxMemory());
  }

  /**
   * Checks the choice against the session that there is: one that was started without the plugin
   * has no resident tasks, and some settings do not go with them.
   *
   * @throws ConfigException if resident tasks are configured, and impossible
   */
  static EngineChoice inSession(EngineChoice choice, EngineKind wished, Sessions session) {
    if (choice.kind() != EngineKind.SPARK_RESIDENT) {
      return choice;
    }
    SparkSetup setup = ClusterShape.setup(Optional.of(session.context()));
    if (wished == EngineKind.SPARK_RESIDENT) {
      Limits.check(wished, setup);
    }
    return whyNotResident(setup)
        .map(reason -> new EngineChoice(EngineKind.SPARK_JOBS, reason))
        .orElse(choice);
  }

  /** What keeps {@code auto} from resident tasks. */
  static Optional<String> whyNotResident(SparkSetup setup) {
    if (!setup.plugin()) {
      return Optional.of("the session was started without spark.plugins=" + PLUGIN);
    }
    if (setup.dynamicAllocation()) {
      return Optional.of("spark.dynamicAllocation.enabled is true");
    }
    return setup.speculation() ? Optional.of("spark.speculation is true") : Optional.empty();
  }

  /** The cheapest of what is possible on a cluster; where that is one, it is for its reason. */
  static EngineChoice chosen(
      List<Prediction> ways, Prediction local, SparkSetup setup, String origin) {
    Advice advice = Advice.of(local, ways, origin);
    String reason =
        whyNotResident(setup).map(why -> why + ", " + advice.reason()).orElse(advice.reason());
    return new EngineChoice(advice.best().kind(), reason, advice.alone());
  }

  /**
   * Opens the engine of a run, and logs which and why, and so for the kernels.
   *
   * @param validation the part whose loss the tasks of a cluster can compute; asked for there alone
   * @param session must be present for jobs, as {@link Sessions#forRun} sees to; outlives the
   *     engine
   * @throws ConfigException if it cannot work with what there is
   */
  public static TrainingEngine open(
      RunConfig config,
      NetworkSpec spec,
      ShardPlan plan,
      Supplier<Optional<LossPlan>> validation,
      Sessions session) {
    KernelLog.writeOnce();
    EngineChoice choice = EnginePlans.of(config, spec, plan, session).choose();
    TrainingEngine engines =
        TrainingEngine.open(choice.kind(), config, spec, plan, validation, session);
    LOG.info(
        "engine {} ({}): {} in {} per step",
        engines.gradients().name(),
        choice.reason(),
        Count.of(plan.shards().size(), "shard"),
        tasks(engines.gradients()));
    choice.advice().ifPresent(LOG::info);
    engines.losses().ifPresent(tasks -> LOG.info("its tasks compute the validation loss, too"));
    return engines;
  }

  private static String tasks(GradientEngine engine) {
    String tasks = Count.of(engine.tasks(), "task");
    int threads = engine.threadsOfTask();
    return threads == 1 ? tasks : tasks + " of " + threads + " threads";
  }
}
