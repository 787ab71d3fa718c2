package io.hindsight.driver.shard;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.Window;
import java.util.List;

/**
 * A logical shard: some whole lane blocks of the minibatch, and the sequences that live in their
 * slots.
 *
 * <p>A slot keeps its sequences for the whole run, so a shard's data never moves.
 */
public final class Shard {
  private final int id;
  private final int firstBlock;
  private final int blocks;
  private final ShardData data; // of blocks·8 slots or fewer

  /**
   * A shard whose sequences are objects.
   *
   * @param id its place in the reduction tree
   * @param firstBlock its first lane block in the minibatch
   * @param blocks its number of lane blocks
   * @param slots the sequences of each slot by rank; the slots of the last block may be fewer than
   *     8
   */
  public Shard(int id, int firstBlock, int blocks, List<List<Sequence>> slots) {
    this(id, firstBlock, blocks, new HeapSequences(slots));
  }

  /** As the other, with sequences that may be kept anywhere. */
  public Shard(int id, int firstBlock, int blocks, ShardData data) {
    this.id = id;
    this.firstBlock = firstBlock;
    this.blocks = blocks;
    this.data = data;
    if (data.slots() > blocks * SequenceBatch.LANES) {
      throw new IllegalArgumentException(
          "shard %d has %d slots for %d blocks".formatted(id, data.slots(), blocks));
    }
  }

  /** Its place in the reduction tree. */
  public int id() {
    return id;
  }

  /** Its first lane block in the minibatch. */
  public int firstBlock() {
    return firstBlock;
  }

  /** Its number of lane blocks. */
  public int blocks() {
    return blocks;
  }

  /** Its number of slots. */
  public int slots() {
    return data.slots();
  }

  /** How many sequences live in a slot. */
  public int size(int slot) {
    return data.size(slot);
  }

  /** All of a sequence of a slot, by rank within the slot; may be read from a file. */
  public Window window(int slot, int rank) {
    return data.window(slot, rank);
  }

  /** Its sequences. */
  public ShardData data() {
    return data;
  }

  /** Sequences in all slots. */
  public int sequences() {
    int count = 0;
    for (int slot = 0; slot < slots(); slot++) {
      count += size(slot);
    }
    return count;
  }
}
