package io.hindsight.driver.spark.jobs;

import io.hindsight.driver.config.ReduceKind;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.spark.ClusterCores;
import io.hindsight.driver.step.ParallelLoop;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.parallel.RangeLoop;
import org.apache.spark.SparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens engines of one Spark job per step, with what sums their gradients. */
public final class JobEngines {
  private static final Logger LOG = LoggerFactory.getLogger(JobEngines.class);

  private JobEngines() {}

  /**
   * An engine whose gradients are summed where {@link ReductionRule} says.
   *
   * @param tasks tasks per step; 0 is one per core of the session; never more than shards
   */
  public static JobEngine open(
      SparkContext context, NetworkSpec spec, ShardPlan plan, long seed, int tasks) {
    return open(context, spec, plan, seed, tasks, ReduceKind.AUTO);
  }

  /**
   * An engine.
   *
   * @param tasks tasks per step; 0 is one per core of the session; never more than shards
   * @param reduce where gradients are summed
   * @throws io.hindsight.driver.config.ConfigException if they are to be summed in slices, but
   *     Spark may not clean up
   */
  public static JobEngine open(
      SparkContext context,
      NetworkSpec spec,
      ShardPlan plan,
      long seed,
      int tasks,
      ReduceKind reduce) {
    Reduction.Opener reductions =
        (shards, used, loop) -> reduction(reduce, spec, plan, shards, used, loop);
    int most = tasks > 0 ? tasks : ClusterCores.of(context);
    int parameters = new ParameterLayout(spec).size();
    RangeLoop shared =
        ParallelLoop.onCores("hindsight-driver", ClusterCores.ofDriver(context), parameters);
    try {
      return new JobEngine(context, spec, plan, seed, most, reductions, shared);
    } catch (RuntimeException | Error failure) {
      shared.close();
      throw failure;
    }
  }

  private static Reduction reduction(
      ReduceKind wished,
      NetworkSpec spec,
      ShardPlan plan,
      ShardRdd shards,
      int tasks,
      RangeLoop loop) {
    int parameters = new ParameterLayout(spec).denseSize();
    ReductionRule.Choice choice = ReductionRule.choose(wished, parameters, tasks);
    Reduction reduction =
        choice.kind() == ReduceKind.SLICED
            ? new SlicedReduction(spec, plan, shards, tasks)
            : new DriverReduction(spec, plan, shards, loop);
    LOG.info("reduction {} ({})", reduction.name(), choice.reason());
    return reduction;
  }
}
