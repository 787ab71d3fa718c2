package io.hindsight.driver.engine;

import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.kernels.math.choice.OpsProvider;

/**
 * Prints the implementation of the kernels that this Java machine chooses, then the lines of {@code
 * golden-hashes.properties} for some trainings, as it computes them.
 */
public final class GoldenHashMain {
  private GoldenHashMain() {}

  /** Takes numbers of steps, those of few sequences as {@code few-20}. */
  public static void main(String[] trainings) {
    System.out.println("kernels=" + OpsProvider.get().name());
    for (GoldenCase golden : GoldenCase.values()) {
      for (String training : trainings) {
        System.out.println(GoldenHashes.key(golden, training) + "=" + hash(golden, training));
      }
    }
  }

  private static String hash(GoldenCase golden, String training) {
    ShardPlan plan = training.startsWith(GoldenHashes.FEW) ? golden.planOfFew() : golden.plan();
    int steps = Integer.parseInt(training.replace(GoldenHashes.FEW, ""));
    try (GradientEngine engine = new LocalEngine(golden.spec(), plan, GoldenCase.SEED, 2)) {
      return new GoldenRun(plan, golden.initialWeights()).hash(engine, steps, step -> {});
    }
  }
}
