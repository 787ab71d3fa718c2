package io.hindsight.driver.shard;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
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
  private final Sequence[][] slots; // [blocks·8 or fewer][sequences of the slot, by rank]

  /**
   * A shard.
   *
   * @param id its place in the reduction tree
   * @param firstBlock its first lane block in the minibatch
   * @param blocks its number of lane blocks
   * @param slots the sequences of each slot by rank; the slots of the last block may be fewer than
   *     8
   */
  public Shard(int id, int firstBlock, int blocks, List<List<Sequence>> slots) {
    this.id = id;
    this.firstBlock = firstBlock;
    this.blocks = blocks;
    this.slots = new Sequence[slots.size()][];
    for (int slot = 0; slot < this.slots.length; slot++) {
      this.slots[slot] = slots.get(slot).toArray(new Sequence[0]);
    }
    if (this.slots.length > blocks * SequenceBatch.LANES) {
      throw new IllegalArgumentException(
          "shard %d has %d slots for %d blocks".formatted(id, this.slots.length, blocks));
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
    return slots.length;
  }

  /** How many sequences live in a slot. */
  public int size(int slot) {
    return slots[slot].length;
  }

  /** A sequence of a slot, by rank within the slot. */
  public Sequence sequence(int slot, int rank) {
    return slots[slot][rank];
  }

  /** Sequences in all slots. */
  int sequences() {
    int count = 0;
    for (Sequence[] slot : slots) {
      count += slot.length;
    }
    return count;
  }
}
