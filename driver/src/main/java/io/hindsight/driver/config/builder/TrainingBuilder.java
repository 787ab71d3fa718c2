package io.hindsight.driver.config.builder;

import io.hindsight.driver.config.EngineKind;
import io.hindsight.driver.config.ReduceKind;
import io.hindsight.driver.config.TrainingConfig;
import io.hindsight.driver.config.TrainingConfig.StartEncoding;
import io.hindsight.driver.config.section.ResolvedConfig;
import java.util.Arrays;
import java.util.Map;

/** The {@code training} section. */
public final class TrainingBuilder {
  private final Keys keys;

  private TrainingBuilder(Keys keys) {
    this.keys = keys;
  }

  /** Of a new section; {@link #optimizer}, and {@link #epochs} or {@link #steps}, must be set. */
  public TrainingBuilder() {
    this(new Keys());
  }

  /** Of a section that is there, to change some of it. */
  public static TrainingBuilder from(TrainingConfig config) {
    return new TrainingBuilder(new Keys(ResolvedConfig.toMap(config)));
  }

  /** Length of the run in passes over the training part, in place of a length in updates. */
  public TrainingBuilder epochs(int epochs) {
    keys.remove("steps");
    keys.set("epochs", epochs);
    return this;
  }

  /** Length of the run in updates, in place of a length in passes. */
  public TrainingBuilder steps(long steps) {
    keys.remove("epochs");
    keys.set("steps", steps);
    return this;
  }

  /**
   * The model whose weights are the initial ones.
   *
   * @param model a model directory, or a registry, which means its champion: a path or a URI
   */
  public TrainingBuilder startFrom(String model) {
    keys.set("start-from", model);
    return this;
  }

  /** How the data of a run with {@link #startFrom} is encoded. */
  public TrainingBuilder encoding(StartEncoding encoding) {
    keys.set("encoding", encoding);
    return this;
  }

  /** How much the targets of some classes count, or some labels where they hold; others count 1. */
  public TrainingBuilder classWeights(Map<String, Double> weights) {
    keys.set("class-weights", weights);
    return this;
  }

  /** All classes count alike together, and labels where they hold as much as where they do not. */
  public TrainingBuilder balanceClasses() {
    keys.set("class-weights", "balanced");
    return this;
  }

  /**
   * How much the loss of each step ahead counts.
   *
   * @param weights for each step ahead, the nearest first
   */
  public TrainingBuilder horizonWeights(double... weights) {
    keys.set("horizon-weights", Arrays.stream(weights).boxed().toList());
    return this;
  }

  /** Slots of a minibatch. */
  public TrainingBuilder batch(int batch) {
    keys.set("batch", batch);
    return this;
  }

  /** Logical shards, the pieces in which gradients are summed. */
  public TrainingBuilder shards(int shards) {
    keys.set("shards", shards);
    return this;
  }

  /** Where a step is computed. */
  public TrainingBuilder engine(EngineKind engine) {
    keys.set("engine", engine);
    return this;
  }

  /** Tasks per step; 0 is one per core. */
  public TrainingBuilder tasks(int tasks) {
    keys.set("tasks", tasks);
    return this;
  }

  /** Where Spark jobs sum gradients. */
  public TrainingBuilder reduce(ReduceKind reduce) {
    keys.set("reduce", reduce);
    return this;
  }

  /** Steps from one whose network is diagnosed to the next; 0 for none. */
  public TrainingBuilder diagnoseEvery(int steps) {
    keys.set("diagnose-every", steps);
    return this;
  }

  /** Steps of a window of back-propagation (k2). */
  public TrainingBuilder window(int steps) {
    keys.set("bptt", "window", steps);
    return this;
  }

  /** Steps from one window to the next (k1). */
  public TrainingBuilder stride(int steps) {
    keys.set("bptt", "stride", steps);
    return this;
  }

  /** Whether a window starts from the state that was stored where it begins. */
  public TrainingBuilder carryState(boolean carry) {
    keys.set("bptt", "carry-state", carry);
    return this;
  }

  /**
   * The length that gradients flow back grows up to the window.
   *
   * @param from steps at first
   * @param overSteps updates until the window is reached
   */
  public TrainingBuilder curriculum(int from, int overSteps) {
    keys.set("bptt", "curriculum", Map.of("from", from, "over-steps", overSteps));
    return this;
  }

  /** The update rule. */
  public TrainingBuilder optimizer(OptimizerBuilder optimizer) {
    keys.set("optimizer", optimizer.toMap());
    return this;
  }

  /** The course of the learning rate. */
  public TrainingBuilder schedule(ScheduleBuilder schedule) {
    keys.set("schedule", schedule.toMap());
    return this;
  }

  /** Gradients with a larger norm are scaled down to it. */
  public TrainingBuilder clipNorm(double limit) {
    keys.remove("clip", "value");
    keys.set("clip", "norm", limit);
    return this;
  }

  /** Each element of the gradient is limited to ± this. */
  public TrainingBuilder clipValue(double limit) {
    keys.remove("clip", "norm");
    keys.set("clip", "value", limit);
    return this;
  }

  /**
   * The gradient that flows from step to step of a sequence is scaled down to this norm, alone or
   * beside {@link #clipNorm} or {@link #clipValue}.
   */
  public TrainingBuilder clipDeltaNorm(double limit) {
    keys.set("clip", "delta-norm", limit);
    return this;
  }

  /** Steps between validations, in place of once per epoch. */
  public TrainingBuilder validateEvery(int steps) {
    keys.set("validate-every", steps);
    return this;
  }

  /**
   * The run stops early, and its result is the best validation's weights.
   *
   * @param patience validations without improvement until then
   */
  public TrainingBuilder earlyStopping(int patience) {
    keys.set("early-stopping", "patience", patience);
    return this;
  }

  /** The smallest decrease of the validation loss that counts for {@link #earlyStopping}. */
  public TrainingBuilder minDelta(double decrease) {
    keys.set("early-stopping", "min-delta", decrease);
    return this;
  }

  /** A step whose loss, gradient or update is not finite changes nothing, and the run goes on. */
  public TrainingBuilder skipNonFinite() {
    keys.remove("rollback");
    keys.set("on-non-finite", "skip");
    return this;
  }

  /**
   * After such a step the run goes back to its newest checkpoint.
   *
   * @param rateFactor what the learning rate is multiplied by each time
   * @param times how often it may go back
   */
  public TrainingBuilder rollBackNonFinite(double rateFactor, int times) {
    keys.set("on-non-finite", "rollback");
    keys.set("rollback", Map.of("rate-factor", rateFactor, "times", times));
    return this;
  }

  /** Steps between checkpoints. */
  public TrainingBuilder checkpointEvery(int steps) {
    keys.set("checkpoint", "every-steps", steps);
    return this;
  }

  /** Checkpoints that are kept. */
  public TrainingBuilder checkpointKeep(int count) {
    keys.set("checkpoint", "keep", count);
    return this;
  }

  Map<String, Object> toMap() {
    return keys.toMap();
  }
}
