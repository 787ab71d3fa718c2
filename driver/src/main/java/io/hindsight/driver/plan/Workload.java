package io.hindsight.driver.plan;

import io.hindsight.driver.config.OnNonFinite;
import io.hindsight.driver.config.TrainingConfig;
import io.hindsight.driver.optim.Optimizer;
import io.hindsight.driver.shard.SequenceIndex;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.ParameterLayout;

/**
 * The sizes of a run that its time and its memory follow from.
 *
 * @param spec the network
 * @param parameters P
 * @param sequences sequences of the training part
 * @param batch slots of a minibatch
 * @param shards S
 * @param blocks NB: lane blocks of the minibatch
 * @param window T: steps of the longest window
 * @param stepsPerEpoch training steps of an epoch
 * @param dataBytes heap that the training part takes as objects, about
 * @param heldBytes heap of the driver that it takes, about
 * @param carriedStates states of the whole minibatch that are kept between windows; 0 if none are
 *     carried
 * @param optimizerSlots arrays of P numbers that the optimizer keeps
 * @param copies further arrays of P numbers: the best weights with early stopping, and weights and
 *     optimizer before an update that can be undone, and what a diagnosis needs
 */
public record Workload(
    NetworkSpec spec,
    int parameters,
    int sequences,
    int batch,
    int shards,
    int blocks,
    int window,
    long stepsPerEpoch,
    long dataBytes,
    long heldBytes,
    int carriedStates,
    int optimizerSlots,
    int copies) {
  private static final int DIAGNOSIS = 4; // weights before the update, three gradients

  /**
   * The sizes of a planned run.
   *
   * @throws IllegalArgumentException if the parameters do not fit one Java array
   */
  public static Workload of(NetworkSpec spec, ShardPlan plan, TrainingConfig training) {
    SequenceIndex index = plan.index();
    int slots = Optimizer.create(training.update().optimizer(), 1).slots().size();
    return new Workload(
        spec,
        new ParameterLayout(spec).size(),
        index.size(),
        plan.batch(),
        plan.shards().size(),
        plan.blocks(),
        Math.max(1, Math.min(plan.windows().window(), index.longest())),
        plan.stepsPerEpoch(),
        index.bytes(),
        index.heldBytes(),
        training.bptt().carryState() ? plan.windows().distance() : 0,
        slots,
        copies(training, slots));
  }

  private static int copies(TrainingConfig training, int slots) {
    boolean canUndo = !(training.update().onNonFinite() instanceof OnNonFinite.Fail);
    int best = training.validation().earlyStopping().isPresent() ? 1 : 0;
    int diagnosis = training.execution().diagnoseEvery() > 0 ? DIAGNOSIS : 0;
    return best + (canUndo ? 1 + slots : 0) + diagnosis;
  }

  /** Bytes of the weights. */
  public long parameterBytes() {
    return (long) Double.BYTES * parameters;
  }

  /** Bytes of the sum of gradients over all shards, at most: of tables the rows that may occur. */
  public long gradientBytes() {
    return Workspace.gradientBytes(spec, parameters, window, blocks);
  }

  /** The same of one shard. */
  long shardGradientBytes() {
    return Workspace.gradientBytes(spec, parameters, window, blocksOf(1));
  }

  /** Heap of the windows of a step as objects, about and in the mean. */
  long stepBytes() {
    return dataBytes / stepsPerEpoch;
  }

  /** Whether states are carried between windows. */
  public boolean carriesState() {
    return carriedStates > 0;
  }

  /** Bytes of one state of the whole minibatch; 0 if states are not carried. */
  public long carriedBytes() {
    return carriesState() ? Workspace.stateBytes(spec, blocks) : 0;
  }

  /** Lane blocks of some consecutive shards, at most. */
  public int blocksOf(int shardsOfTask) {
    return Math.min(blocks, Math.multiplyExact(shardsOfTask, (blocks + shards - 1) / shards));
  }
}
