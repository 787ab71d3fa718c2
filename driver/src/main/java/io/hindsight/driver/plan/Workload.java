package io.hindsight.driver.plan;

import io.hindsight.driver.config.TrainingConfig;
import io.hindsight.driver.optim.Optimizer;
import io.hindsight.driver.shard.Shard;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.kernels.batch.Sequence;
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
 * @param dataBytes heap that the training part takes, about
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
    boolean carriesState,
    int optimizerSlots,
    boolean keepsBest) {
  private static final int OBJECT_BYTES = 120; // of a sequence and its id, about

  /**
   * The sizes of a planned run.
   *
   * @throws IllegalArgumentException if the parameters do not fit one Java array
   */
  public static Workload of(NetworkSpec spec, ShardPlan plan, TrainingConfig training) {
    int longest = 1;
    long bytes = 0;
    for (Shard shard : plan.shards()) {
      for (int slot = 0; slot < shard.slots(); slot++) {
        for (int rank = 0; rank < shard.size(slot); rank++) {
          Sequence sequence = shard.sequence(slot, rank);
          longest = Math.max(longest, Math.min(plan.window(), sequence.length()));
          bytes += bytes(sequence);
        }
      }
    }
    return new Workload(
        spec,
        new ParameterLayout(spec).size(),
        plan.sequences(),
        plan.batch(),
        plan.shards().size(),
        plan.blocks(),
        longest,
        plan.stepsPerEpoch(),
        bytes,
        training.bptt().carryState(),
        Optimizer.create(training.update().optimizer(), 1).slots().size(),
        training.validation().earlyStopping().isPresent());
  }

  private static long bytes(Sequence sequence) {
    long perStep = sequence.isTokens() ? Integer.BYTES : (long) Double.BYTES * sequence.width();
    if (sequence.classes() != null) {
      perStep += Integer.BYTES;
    }
    if (sequence.targets() != null) {
      perStep += (long) Double.BYTES * sequence.targetWidth();
    }
    return OBJECT_BYTES + perStep * sequence.length();
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
