package io.hindsight.driver.shard;

import io.hindsight.datasets.windows.SharedFiles;
import io.hindsight.datasets.windows.StoredSteps;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.Window;
import java.util.Optional;

/**
 * The sequences of a shard, wherever they are kept: each has a slot and a rank within it.
 *
 * <p>Reading is safe from several threads at once.
 */
public interface ShardData {
  /** Number of slots. */
  int slots();

  /** How many sequences live in a slot. */
  int size(int slot);

  /** T: steps of a sequence, known without reading it. */
  int length(int slot, int rank);

  /** All of a sequence, which may be a window that was cut beforehand. */
  Window window(int slot, int rank);

  /**
   * Puts consecutive steps of a sequence into a lane of a batch.
   *
   * <p>What the batch holds afterwards may be a part of the sequence only: these steps, and one
   * step before and after them where there is one, so that the first and last steps are known for
   * what they are.
   *
   * @param start first step, counted from where the sequence or its window begins
   * @param steps how many, at least 1
   */
  void put(SequenceBatch batch, int lane, int slot, int rank, int start, int steps);

  /** Whether what is put into a batch has to be read from a file first. */
  default boolean isRead() {
    return false;
  }

  /** The files that everybody can read the sequences from; absent if there are none. */
  default Optional<SharedFiles> shared() {
    return Optional.empty();
  }

  /**
   * Where a sequence is in those files.
   *
   * @throws UnsupportedOperationException if there are none
   */
  default StoredSteps stored(int slot, int rank) {
    throw new UnsupportedOperationException("these sequences are in no shared files");
  }

  /**
   * Where shards have their sequences from, whoever keeps those: a plan knows their lengths alone.
   */
  @FunctionalInterface
  interface Source {
    /**
     * The sequences of some slots, which may be read only when they are asked for. In slot s are
     * those of the ranks s, s + batch, s + 2·batch, … in this order.
     *
     * @param batch slots of the minibatch
     * @param from first slot
     * @param to slot after the last one
     */
    ShardData slots(int batch, int from, int to);
  }
}
