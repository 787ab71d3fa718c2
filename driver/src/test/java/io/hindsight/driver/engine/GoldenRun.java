package io.hindsight.driver.engine;

import io.hindsight.driver.model.WeightsHash;
import io.hindsight.driver.optim.GradientClipper;
import io.hindsight.driver.optim.MeanUpdate;
import io.hindsight.driver.optim.Optimizer;
import io.hindsight.driver.optim.OptimizerSpec;
import io.hindsight.driver.optim.Reach;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.step.StepOutcome;
import io.hindsight.driver.step.StepRequest;
import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.network.Parameters;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Trains a {@link GoldenCase} by Adam with clipping by norm, step after step on any engine. */
public final class GoldenRun {
  private static final long RUN_ID = 77;
  private static final double LEARNING_RATE = 0.01;
  private static final Backpropagation SHORT = Backpropagation.truncated(3);
  private static final int CURRICULUM_STEPS = 20;

  private final ShardPlan plan;
  private final Parameters weights;
  private final Optimizer optimizer;
  private final MeanUpdate update;
  private final GradientClipper clipper = new GradientClipper.ByNorm(0.05);
  private CarriedState carried;
  private long step;

  /** Before the first step. */
  public GoldenRun(GoldenCase golden) {
    this(golden.plan(), golden.initialWeights());
  }

  /** From any weights on any data. */
  public GoldenRun(ShardPlan plan, Parameters weights) {
    this(plan, weights, Reach.DEFAULT);
  }

  /** From any weights on any data, where updates reach some of them. */
  public GoldenRun(ShardPlan plan, Parameters weights, Reach reach) {
    this.plan = plan;
    this.weights = weights;
    OptimizerSpec adam = new OptimizerSpec.Adam(0.9, 0.999, 1e-8, false, 0, false);
    optimizer = Optimizer.create(adam, weights.values().length);
    update = new MeanUpdate(weights.layout(), reach);
    carried = new CarriedState(weights.layout().spec(), plan.blocks());
  }

  /** The hash of the weights after some steps. */
  public static String hash(GoldenCase golden, GradientEngine engine, long steps) {
    return hash(golden, engine, steps, step -> {});
  }

  /**
   * The hash of the weights after some steps.
   *
   * @param disturbance is told each step before it is computed
   */
  public static String hash(
      GoldenCase golden, GradientEngine engine, long steps, LongConsumer disturbance) {
    return new GoldenRun(golden).hash(engine, steps, disturbance);
  }

  /** As the other, from here on. */
  public String hash(GradientEngine engine, long steps, LongConsumer disturbance) {
    while (step < steps) {
      disturbance.accept(step);
      makeStep(engine);
    }
    return hash();
  }

  /** Steps made. */
  public long step() {
    return step;
  }

  /** The weights now; not to be changed. */
  public Parameters weights() {
    return weights;
  }

  /** Makes one step; when the engine fails, nothing has changed. */
  public void makeStep(GradientEngine engine) {
    StepOutcome outcome = engine.gradient(weights, request());
    if (outcome.nonFinite().isPresent()) {
      throw new IllegalStateException("step " + step + ": " + outcome.nonFinite().get());
    }
    if (outcome.sum().targets() > 0) {
      update.make(outcome.sum().mean(), clipper, optimizer, weights.values(), LEARNING_RATE);
    }
    carried = outcome.carried().orElseThrow();
    step++;
  }

  /** The hash of the weights. */
  public String hash() {
    return WeightsHash.of(weights);
  }

  private StepRequest request() {
    return new StepRequest(
        RUN_ID,
        step,
        step / plan.stepsPerEpoch(),
        step % plan.stepsPerEpoch(),
        weights.fingerprint(),
        step < CURRICULUM_STEPS ? SHORT : Backpropagation.FULL,
        Optional.of(carried));
  }
}
