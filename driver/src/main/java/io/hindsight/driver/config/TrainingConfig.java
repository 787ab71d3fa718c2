package io.hindsight.driver.config;

import io.hindsight.datasets.columns.TargetWeights;
import io.hindsight.driver.optim.GradientClipper;
import io.hindsight.driver.optim.LearningRate;
import io.hindsight.driver.optim.OptimizerSpec;
import io.hindsight.driver.optim.Reach;
import io.hindsight.kernels.batch.Backpropagation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How the network is trained: the {@code training} section.
 *
 * @param length how long
 * @param start the model whose weights it starts from; absent for weights that the seed decides
 * @param minibatch what a step is computed from
 * @param execution where and how a step is computed; never changes the result
 * @param bptt how sequences are cut
 * @param update what a step does with its gradient
 * @param validation when to score the validation part, and when to stop for its sake
 * @param checkpoint when to save
 * @param classWeights how much the targets of each class count; of no rows
 * @param horizonWeights how much the targets of each step ahead count in the loss, the nearest
 *     first; empty where all count alike // (H)
 */
public record TrainingConfig(
    Length length,
    Optional<StartConfig> start,
    Minibatch minibatch,
    Execution execution,
    BpttConfig bptt,
    Update update,
    ValidationConfig validation,
    Optional<CheckpointConfig> checkpoint,
    TargetWeights classWeights,
    List<Double> horizonWeights) {

  public TrainingConfig {
    horizonWeights = List.copyOf(horizonWeights);
  }

  /** The same from a model's weights. */
  public TrainingConfig startingFrom(StartConfig other) {
    return new TrainingConfig(
        length,
        Optional.of(other),
        minibatch,
        execution,
        bptt,
        update,
        validation,
        checkpoint,
        classWeights,
        horizonWeights);
  }

  /**
   * How gradients flow back at a training step.
   *
   * @param step training step, from 0
   */
  public Backpropagation backpropagationAt(long step) {
    return new Backpropagation(bptt.truncationAt(step), update.deltaNorm());
  }

  /**
   * The length of a run; exactly one of its parts is present.
   *
   * @param epochs passes over the training part
   * @param steps updates
   */
  public record Length(OptionalInt epochs, OptionalLong steps) {
    /**
     * The length in updates.
     *
     * @param stepsPerEpoch updates of a pass over the training part
     */
    public long totalSteps(long stepsPerEpoch) {
      return steps.isPresent()
          ? steps.getAsLong()
          : Math.multiplyExact(epochs.getAsInt(), stepsPerEpoch);
    }
  }

  /**
   * A model to train further.
   *
   * @param from a model directory, or a registry, which means its champion: a path or a URI
   * @param encoding how the data is encoded
   */
  public record StartConfig(String from, StartEncoding encoding) {
    /** Of {@link #encoding}. */
    public static final StartEncoding DEFAULT_ENCODING = StartEncoding.KEEP;
  }

  /** How the data of a run is encoded that starts from a model. */
  public enum StartEncoding {
    /** As the model's own training data was. */
    KEEP,
    /** As its own training part is fitted, like that of any run. */
    REFIT
  }

  /**
   * What a step is computed from.
   *
   * @param batch slots of a minibatch
   * @param shards logical shards; absent is one per lane block, at most 64
   */
  public record Minibatch(int batch, OptionalInt shards) {
    /** What is used where nothing is said. */
    public static final Minibatch DEFAULT = new Minibatch(32, OptionalInt.empty());
  }

  /**
   * Where and how a step is computed, and how often it is looked into, which never changes the
   * result.
   *
   * @param engine where gradients are computed
   * @param tasks tasks per step; 0 is one per core
   * @param reduce where Spark jobs sum gradients
   * @param diagnoseEvery steps from one that is diagnosed to the next; 0 for none
   */
  public record Execution(EngineKind engine, int tasks, ReduceKind reduce, int diagnoseEvery) {
    /** What is used where nothing is said. */
    public static final Execution DEFAULT = new Execution(EngineKind.AUTO, 0, ReduceKind.AUTO, 0);
  }

  /**
   * What a step does with its gradient.
   *
   * @param clip what is done to a large one
   * @param deltaNorm limit of the gradient that flows from step to step of a sequence, the norm of
   *     dE/dh_t; {@link Backpropagation#NO_LIMIT} for none
   * @param optimizer the rule by which it changes the weights
   * @param reach the weights that it changes, and lets decay
   * @param learningRate the rate at each step
   * @param onNonFinite what happens where it, or what it comes to, is not finite
   */
  public record Update(
      GradientClipper clip,
      double deltaNorm,
      OptimizerSpec optimizer,
      Reach reach,
      LearningRate learningRate,
      OnNonFinite onNonFinite) {
    /** Of {@link #clip}. */
    public static final GradientClipper DEFAULT_CLIP = new GradientClipper.None();
  }

  /**
   * Scoring of the validation part during training.
   *
   * @param everySteps steps between validations; absent is once per epoch
   * @param earlyStopping when to stop before the end
   */
  public record ValidationConfig(
      OptionalInt everySteps, Optional<EarlyStoppingConfig> earlyStopping) {}

  /**
   * The {@code training.early-stopping} section.
   *
   * @param patience validations without improvement before the run stops
   * @param minDelta smallest decrease of the validation loss that counts
   */
  public record EarlyStoppingConfig(int patience, double minDelta) {
    /** Of {@link #minDelta}: any decrease. */
    public static final double DEFAULT_MIN_DELTA = 0;
  }

  /**
   * The {@code training.checkpoint} section.
   *
   * @param everySteps steps between checkpoints
   * @param keep checkpoints kept
   */
  public record CheckpointConfig(int everySteps, int keep) {
    /** Of {@link #keep}. */
    public static final int DEFAULT_KEEP = 3;
  }
}
