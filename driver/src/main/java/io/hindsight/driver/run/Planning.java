package io.hindsight.driver.run;

import io.hindsight.datasets.snapshot.Reading;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.data.RunData;
import io.hindsight.driver.launch.EnginePlans;
import io.hindsight.driver.launch.Engines;
import io.hindsight.driver.plan.Plan;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.spark.session.Sessions;
import io.hindsight.driver.start.WarmStart;
import io.hindsight.driver.train.RunLength;

/** Plans a run: reads its data as training does, and measures, but trains nothing. */
public final class Planning {
  private Planning() {}

  /**
   * Plans a run.
   *
   * @param seconds to measure the kernels in, and for each of up to seven measurements where a
   *     session is asked; up to four times that while times fall
   * @throws io.hindsight.driver.config.ConfigException if the run cannot work
   */
  public static Plan of(RunConfig config, double seconds) {
    Engines.requirePossible(config);
    try (Sessions session = Sessions.forRun(config)) {
      RunData data =
          WarmStart.read(WarmStart.of(config), config, new Reading(), session.dataStore(config));
      ShardPlan plan = data.shardPlan();
      Engines.requireMemory(config, data.spec(), plan);
      long steps = RunLength.of(config.training(), plan.stepsPerEpoch()).totalSteps();
      return EnginePlans.plan(config, data.spec(), plan, session, steps, seconds);
    }
  }
}
