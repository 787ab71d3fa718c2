package io.hindsight.driver.replay;

import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.diagnose.Diagnosis;
import io.hindsight.driver.diagnose.Figures;
import io.hindsight.driver.diagnose.Figures.History;
import io.hindsight.driver.diagnose.UpdateFigures;
import io.hindsight.driver.diagnose.UpdateFigures.Origin;
import io.hindsight.driver.metrics.DiagnosisMetrics;
import io.hindsight.driver.metrics.StepMetrics;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.train.TrainingState;
import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.plain.NetworkProbe;
import java.util.List;
import java.util.Optional;

/**
 * Diagnoses the network every so many steps, by a few windows of the step's minibatch that the
 * driver computes once more. So the figures are the same by any engine, and cost what is computed
 * of them.
 */
public final class DiagnosedSteps {
  private static final int MOST_WINDOWS = 8;
  private static final int FEWEST_WINDOWS = 4;
  private static final int ENOUGH_TARGETS = 64;
  private static final int MOST_STEPS = 256;
  private static final double NANOS_PER_MILLI = 1e6;

  private final RunConfig config;
  private final ShardPlan plan;
  private Optional<Begun> begun = Optional.empty();

  /** Of a run. */
  public DiagnosedSteps(RunConfig config, ShardPlan plan) {
    this.config = config;
    this.plan = plan;
  }

  /** What is known before the update. */
  private record Begun(
      TrainingState state, Parameters before, NetworkProbe probe, long elapsedNanos) {}

  /** Looks at the network before a step, if the step is due. */
  public void before(TrainingState state) {
    int every = config.training().execution().diagnoseEvery();
    begun = every > 0 && state.step() % every == 0 ? Optional.of(begin(state)) : Optional.empty();
  }

  private Begun begin(TrainingState state) {
    long start = System.nanoTime();
    NetworkProbe probe = new NetworkProbe(state.parameters());
    Backpropagation how = config.training().backpropagationAt(state.step());
    List<LaneJson> lanes = StepLanes.of(plan.shards().subList(0, 1), config.seed(), plan, state);
    for (LaneJson lane : lanes) {
      if (!isEnough(probe)) {
        new ReplayedLane(lane, state).probe(probe, MOST_STEPS, how);
      }
    }
    Parameters before = state.parameters().copy();
    return new Begun(state, before, probe, System.nanoTime() - start);
  }

  private static boolean isEnough(NetworkProbe probe) {
    boolean many = probe.windows() >= FEWEST_WINDOWS && probe.targets() >= ENOUGH_TARGETS;
    return many || probe.windows() >= MOST_WINDOWS;
  }

  /**
   * The diagnosis of a step that was made; absent if it was not due, or the windows that were
   * looked at have no target.
   */
  public Optional<DiagnosisMetrics> after(StepMetrics step) {
    return begun.filter(of -> of.probe().targets() > 0).map(of -> end(of, step));
  }

  private static DiagnosisMetrics end(Begun begun, StepMetrics step) {
    long start = System.nanoTime();
    Optional<UpdateFigures> update =
        step.skipped()
            ? Optional.empty()
            : Optional.of(
                UpdateFigures.of(
                    Origin.STEP, step.learningRate(), begun.before(), begun.state().parameters()));
    Optional<History> history = Optional.of(new History(step.step(), Optional.empty()));
    Diagnosis diagnosis = Diagnosis.of(Figures.of(begun.probe(), begun.before(), update, history));
    long nanos = begun.elapsedNanos() + System.nanoTime() - start;
    return new DiagnosisMetrics(step.step(), nanos / NANOS_PER_MILLI, diagnosis);
  }
}
