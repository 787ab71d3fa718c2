package io.hindsight.driver.launch;

import io.hindsight.driver.config.EngineKind;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.TrainingConfig.Execution;
import io.hindsight.driver.engine.EngineChoice;
import io.hindsight.driver.engine.GradientEngine;
import io.hindsight.driver.engine.LocalEngine;
import io.hindsight.driver.loss.LossEngine;
import io.hindsight.driver.loss.LossPlan;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.spark.ClusterCores;
import io.hindsight.driver.spark.jobs.JobEngines;
import io.hindsight.driver.spark.jobs.LossJobs;
import io.hindsight.driver.spark.jobs.NamedSteps;
import io.hindsight.driver.spark.resident.ResidentEngine;
import io.hindsight.driver.spark.session.Sessions;
import io.hindsight.driver.train.RunLength;
import io.hindsight.kernels.network.NetworkSpec;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What computes a run, opened.
 *
 * @param gradients of its steps
 * @param losses of its validation part; absent if the driver computes them
 */
public record TrainingEngine(GradientEngine gradients, Optional<LossEngine> losses)
    implements AutoCloseable {
  static TrainingEngine open(
      EngineKind kind,
      RunConfig config,
      NetworkSpec spec,
      ShardPlan plan,
      Supplier<Optional<LossPlan>> validation,
      Sessions session) {
    Execution execution = config.training().execution();
    int tasks = execution.tasks();
    if (kind == EngineKind.LOCAL) {
      return new TrainingEngine(
          new LocalEngine(spec, plan, config.seed(), tasks), Optional.empty());
    }
    int cores = ClusterCores.now(session.context());
    int most = kind == EngineKind.SPARK_RESIDENT ? plan.shards().size() : Integer.MAX_VALUE;
    int computing = Math.min(most, tasks > 0 ? Math.min(tasks, cores) : cores);
    Optional<LossPlan> losses = onTasks(validation, computing);
    if (kind == EngineKind.SPARK_RESIDENT) {
      ResidentEngine engine =
          new ResidentEngine(session.context(), spec, plan, config.seed(), tasks, losses);
      return new TrainingEngine(engine, losses.map(part -> engine));
    }
    GradientEngine jobs =
        JobEngines.open(session.context(), spec, plan, config.seed(), tasks, execution.reduce());
    long steps = RunLength.of(config.training(), plan.stepsPerEpoch()).totalSteps();
    GradientEngine engine = new NamedSteps(jobs, session.context(), steps);
    return new TrainingEngine(
        engine, losses.map(part -> new LossJobs(session.context(), spec, part, computing)));
  }

  /**
   * The part, unless the driver computes its loss as quickly: where it has fewer shards than tasks
   * could compute, or there are fewer tasks than the driver has cores.
   */
  private static Optional<LossPlan> onTasks(
      Supplier<Optional<LossPlan>> validation, int computing) {
    boolean alone = Sessions.master().filter(EngineChoice::isThisProcess).isPresent();
    if (alone || computing < Runtime.getRuntime().availableProcessors()) {
      return Optional.empty();
    }
    int shards = Math.min(computing, ShardPlan.MOST_AUTOMATIC_SHARDS);
    return validation.get().filter(part -> part.plan().shards().size() >= shards);
  }

  @Override
  public void close() {
    losses.filter(each -> each != gradients).ifPresent(LossEngine::close);
    gradients.close();
  }
}
