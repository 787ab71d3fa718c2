package io.hindsight.driver.engine;

import io.hindsight.driver.model.WeightsHash;
import io.hindsight.driver.optim.GradientClipper;
import io.hindsight.driver.optim.Optimizer;
import io.hindsight.driver.optim.OptimizerSpec;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.shard.StepOutcome;
import io.hindsight.driver.shard.StepRequest;
import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.bptt.Bptt;
import io.hindsight.kernels.network.Parameters;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Trains a {@link GoldenCase} on any engine, by Adam with clipping by norm. */
final class GoldenRun {
  private static final long RUN_ID = 77;
  private static final double LEARNING_RATE = 0.01;
  private static final int CURRICULUM_STEPS = 20;

  private GoldenRun() {}

  /** The hash of the weights after some steps. */
  static String hash(GoldenCase golden, GradientEngine engine, int steps) {
    return hash(golden, engine, steps, step -> {});
  }

  /**
   * The hash of the weights after some steps.
   *
   * @param disturbance is told each step before it is computed
   */
  static String hash(
      GoldenCase golden, GradientEngine engine, int steps, LongConsumer disturbance) {
    return hash(golden.plan(), golden.initialWeights(), engine, steps, disturbance);
  }

  /** As the other, from any weights on any data. */
  static String hash(
      ShardPlan plan,
      Parameters weights,
      GradientEngine engine,
      int steps,
      LongConsumer disturbance) {
    OptimizerSpec adam = new OptimizerSpec.Adam(0.9, 0.999, 1e-8, false, 0, false);
    Optimizer optimizer = Optimizer.create(adam, weights.values().length);
    GradientClipper clipper = new GradientClipper.ByNorm(0.05);
    CarriedState carried = new CarriedState(weights.layout().spec(), plan.blocks());
    for (long step = 0; step < steps; step++) {
      disturbance.accept(step);
      StepOutcome outcome = engine.gradient(weights, request(plan, step, weights, carried));
      if (outcome.nonFinite().isPresent()) {
        throw new IllegalStateException("step " + step + ": " + outcome.nonFinite().get());
      }
      if (outcome.sum().targets() > 0) {
        double[] gradient = outcome.sum().mean().gradient();
        double factor = clipper.clip(gradient).factor();
        optimizer.update(weights.values(), gradient, factor, LEARNING_RATE);
      }
      carried = outcome.carried().orElseThrow();
    }
    return WeightsHash.of(weights);
  }

  private static StepRequest request(
      ShardPlan plan, long step, Parameters weights, CarriedState carried) {
    return new StepRequest(
        RUN_ID,
        step,
        step / plan.stepsPerEpoch(),
        step % plan.stepsPerEpoch(),
        weights.fingerprint(),
        step < CURRICULUM_STEPS ? 3 : Bptt.WHOLE_WINDOW,
        Optional.of(carried));
  }
}
