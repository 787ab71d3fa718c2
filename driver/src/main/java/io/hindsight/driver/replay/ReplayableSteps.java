package io.hindsight.driver.replay;

import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.lease.LeaseException;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.train.DivergedException;
import io.hindsight.driver.train.DivergedSteps;
import io.hindsight.driver.train.TrainingState;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.NetworkSpec;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the first few steps of a run that are not finite, each as a {@link ReplayFolder}. */
public final class ReplayableSteps implements DivergedSteps {
  private static final Logger LOG = LoggerFactory.getLogger(ReplayableSteps.class);
  private static final int MOST = 3;

  /** Of a minibatch that is kept: more would not fit a small driver's heap. */
  private static final long MOST_NUMBERS = 4_000_000;

  private final RunConfig config;
  private final ShardPlan plan;
  private final ReplayFolder.Writer writer;
  private int kept;

  /** Of a run. */
  public ReplayableSteps(RunConfig config, ShardPlan plan, ReplayFolder.Writer writer) {
    this.config = config;
    this.plan = plan;
    this.writer = writer;
  }

  @Override
  public void keep(TrainingState state, DivergedException diverged, double learningRate) {
    if (kept == MOST) {
      return;
    }
    kept++;
    String location = writer.location(state.step());
    long numbers = numbers(state.parameters().layout().spec());
    if (numbers > MOST_NUMBERS) {
      LOG.warn(
          "the step is not kept in {}: its minibatch may have {} numbers, and at most {} are kept",
          location,
          numbers,
          MOST_NUMBERS);
      return;
    }
    try {
      writer.write(
          new ReplayFolder(
              writer.checkpoint(state),
              StepLanes.of(plan.shards(), config.seed(), plan, state),
              Math.min(plan.batch(), plan.sequences()),
              plan.stepsPerEpoch(),
              config.training().bptt().truncationAt(state.step()),
              learningRate,
              diverged.what()));
      LOG.warn("the step is kept in {}: 'hindsight replay' makes it again", location);
    } catch (LeaseException lost) {
      throw lost;
    } catch (IOException | RuntimeException e) {
      LOG.warn("the step cannot be kept in {}: {}", location, e.toString());
    }
  }

  /** The most that a minibatch has. */
  private long numbers(NetworkSpec spec) {
    InputSpec input = spec.input();
    long inputs = input.isTokens() ? 1 : input.features() + input.stepCategories();
    long targets = spec.output().loss().targetsAreClasses() ? 1 : spec.output().size();
    long steps = Math.min(plan.windows().window(), plan.index().longest());
    return Math.min(plan.batch(), plan.sequences()) * steps * (inputs + targets);
  }
}
