package io.hindsight.driver.plan;

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
 * @param carriesState whether states are carried between windows
 * @param optimizerSlots arrays of P numbers that the optimizer keeps
 * @param keepsBest whether early stopping keeps a second set of weights
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
    boolean carriesState,
    int optimizerSlots,
    boolean keepsBest) {
  /**
   * The sizes of a planned run.
   *
   * @throws IllegalArgumentException if the parameters do not fit one Java array
   */
  public static Workload of(NetworkSpec spec, ShardPlan plan, TrainingConfig training) {
    SequenceIndex index = plan.index();
    return new Workload(
        spec,
        new ParameterLayout(spec).size(),
        index.size(),
        plan.batch(),
        plan.shards().size(),
        plan.blocks(),
        Math.max(1, Math.min(plan.window(), index.longest())),
        plan.stepsPerEpoch(),
        index.bytes(),
        index.heldBytes(),
        training.bptt().carryState(),
        Optimizer.create(training.update().optimizer(), 1).slots().size(),
        training.validation().earlyStopping().isPresent());
  }

  /** Bytes of the weights, or of one gradient. */
  public long parameterBytes() {
    return (long) Double.BYTES * parameters;
  }

  /** Bytes of the states of the whole minibatch; 0 if they are not carried. */
  public long carriedBytes() {
    return carriesState ? Workspace.stateBytes(spec, blocks) : 0;
  }

  /** Lane blocks of some consecutive shards, at most. */
  public int blocksOf(int shardsOfTask) {
    return Math.min(blocks, Math.multiplyExact(shardsOfTask, (blocks + shards - 1) / shards));
  }
}
