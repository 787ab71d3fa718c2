package io.hindsight.driver.spark.placement;

import io.hindsight.datasets.windows.SharedFiles;
import io.hindsight.datasets.windows.StoredSteps;
import io.hindsight.driver.shard.Shard;
import io.hindsight.kernels.batch.Sequence;
import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a shard's sequences from the files that they are in. The driver tells where, and no more;
 * they are read rank by rank, as they follow each other in the files, and kept like those that the
 * driver sends.
 */
final class StoredShard {
  private final ShardCodec.Head head;
  private final SharedFiles.Steps rows;
  private final List<List<StoredSteps>> places = new ArrayList<>(); // by slot and rank

  /**
   * Of a shard.
   *
   * @param rows that its records name
   */
  StoredShard(ShardCodec.Head head, SharedFiles.Steps rows) {
    this.head = head;
    this.rows = rows;
  }

  /** Takes a sequence. */
  private interface Taker {
    void take(int slot, int rank, Sequence sequence) throws IOException;
  }

  /** Reads the records of the shard, and then what they name. */
  Shard read(DataInput in, ShardMemory space) throws IOException {
    readPlaces(in);
    if (!space.reserve(head)) {
      try (FiledSequences.Builder filed = new FiledSequences.Builder(head, space.folder())) {
        forEach(filed::add);
        return new Shard(head.id(), head.firstBlock(), head.blocks(), filed.build());
      }
    }
    try {
      Shard shard = new Shard(head.id(), head.firstBlock(), head.blocks(), onHeap());
      space.releaseWith(shard, head);
      return shard;
    } catch (IOException | RuntimeException | Error failure) {
      space.release(head);
      throw failure;
    }
  }

  private void readPlaces(DataInput in) throws IOException {
    for (int count : head.counts()) {
      List<StoredSteps> slot = new ArrayList<>(Math.min(count, ShardCodec.AT_ONCE));
      for (int rank = 0; rank < count; rank++) {
        in.readLong();
        int steps = in.readInt();
        StoredSteps stored = StoredCodec.read(in);
        if (stored.steps() != steps) {
          throw new IOException("malformed: %d steps in place of %s".formatted(steps, stored));
        }
        slot.add(stored);
      }
      places.add(slot);
    }
  }

  private List<List<Sequence>> onHeap() throws IOException {
    List<List<Sequence>> slots = new ArrayList<>();
    for (List<StoredSteps> slot : places) {
      slots.add(new ArrayList<>(slot.size()));
    }
    forEach((slot, rank, sequence) -> slots.get(slot).add(sequence));
    return slots;
  }

  private void forEach(Taker taker) throws IOException {
    int ranks = places.stream().mapToInt(List::size).max().orElse(0);
    for (int rank = 0; rank < ranks; rank++) {
      for (int slot = 0; slot < places.size(); slot++) {
        if (rank < places.get(slot).size()) {
          taker.take(slot, rank, steps(places.get(slot).get(rank)));
        }
      }
    }
  }

  private Sequence steps(StoredSteps stored) throws IOException {
    try {
      return rows.read(stored);
    } catch (ArithmeticException tooLong) {
      throw new IOException("malformed: no array holds " + stored, tooLong);
    }
  }
}
