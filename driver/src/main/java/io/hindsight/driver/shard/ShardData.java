package io.hindsight.driver.shard;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;

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

  /** A whole sequence. */
  Sequence sequence(int slot, int rank);

  /**
   * Puts a window of a sequence into a lane of a batch.
   *
   * <p>What the batch holds afterwards may be a part of the sequence only: the window, and one step
   * before and after it where there is one, so that its first and last steps are known for what
   * they are.
   *
   * @param start first step of the window
   * @param steps steps of the window, at least 1
   */
  void put(SequenceBatch batch, int lane, int slot, int rank, int start, int steps);
}
