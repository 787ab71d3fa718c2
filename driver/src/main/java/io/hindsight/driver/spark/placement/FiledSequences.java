package io.hindsight.driver.spark.placement;

import io.hindsight.datasets.stored.FileBytes;
import io.hindsight.datasets.stored.LocalFolder;
import io.hindsight.driver.shard.ShardData;
import io.hindsight.driver.spark.codec.SequenceCodec;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.Window;
import java.io.DataInput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * Sequences in a file, of which a step reads its windows only.
 *
 * <p>The heap holds their places and lengths; the system keeps in memory what is read often.
 */
final class FiledSequences implements ShardData {
  private static final String WHAT = "a shard's file";
  private static final int AT_ONCE = 1 << 16; // sequences to take room for before any has come

  private final FileBytes bytes;
  private final long[][] places; // [slots][sequences of the slot]
  private final int[][] lengths; // T, as places

  private FiledSequences(FileBytes bytes, long[][] places, int[][] lengths) {
    this.bytes = bytes;
    this.places = places;
    this.lengths = lengths;
  }

  /** Copies the records of a shard into a file of this folder. */
  static FiledSequences copy(DataInput in, ShardCodec.Head head, LocalFolder folder)
      throws IOException {
    int slots = head.counts().size();
    long[][] places = new long[slots][];
    int[][] lengths = new int[slots][];
    try (FileBytes.Writer writer = folder.writer(WHAT)) {
      for (int slot = 0; slot < slots; slot++) {
        int count = head.counts().get(slot);
        places[slot] = new long[Math.min(count, AT_ONCE)];
        lengths[slot] = new int[Math.min(count, AT_ONCE)];
        for (int rank = 0; rank < count; rank++) {
          if (rank == places[slot].length) {
            int more = (int) Math.min(count, 2L * rank);
            places[slot] = Arrays.copyOf(places[slot], more);
            lengths[slot] = Arrays.copyOf(lengths[slot], more);
          }
          long size = in.readLong();
          lengths[slot][rank] = in.readInt();
          places[slot][rank] = writer.append(in, size);
        }
      }
      return new FiledSequences(writer.finish(), places, lengths);
    }
  }

  /** Writes sequences in any order. */
  static final class Builder implements AutoCloseable {
    private final FileBytes.Writer writer;
    private final long[][] places;
    private final int[][] lengths;

    Builder(ShardCodec.Head head, LocalFolder folder) throws IOException {
      writer = folder.writer(WHAT);
      places = new long[head.counts().size()][];
      lengths = new int[places.length][];
      for (int slot = 0; slot < places.length; slot++) {
        places[slot] = new long[head.counts().get(slot)];
        lengths[slot] = new int[head.counts().get(slot)];
      }
    }

    void add(int slot, int rank, Sequence sequence) throws IOException {
      places[slot][rank] = writer.size();
      lengths[slot][rank] = sequence.length();
      SequenceCodec.write(new DataOutputStream(writer.stream()), sequence);
    }

    FiledSequences build() throws IOException {
      return new FiledSequences(writer.finish(), places, lengths);
    }

    @Override
    public void close() throws IOException {
      writer.close();
    }
  }

  /** Heap that a shard's places and lengths take, bytes. */
  static long heap(ShardCodec.Head head) {
    return (long) (Long.BYTES + Integer.BYTES) * head.sequences();
  }

  @Override
  public boolean isRead() {
    return true;
  }

  @Override
  public int slots() {
    return places.length;
  }

  @Override
  public int size(int slot) {
    return places[slot].length;
  }

  @Override
  public int length(int slot, int rank) {
    return lengths[slot][rank];
  }

  @Override
  public Window window(int slot, int rank) {
    return Window.whole(read(slot, rank, 0, lengths[slot][rank]));
  }

  @Override
  public void put(SequenceBatch batch, int lane, int slot, int rank, int start, int steps) {
    int from = Math.max(0, start - 1);
    int to = Math.min(lengths[slot][rank], start + steps + 1);
    batch.set(lane, read(slot, rank, from, to), start - from, steps);
  }

  private Sequence read(int slot, int rank, int from, int to) {
    try {
      return SequenceCodec.read(bytes.from(places[slot][rank]), lengths[slot][rank], from, to);
    } catch (IOException damaged) {
      throw new UncheckedIOException("cannot read a shard's file again", damaged);
    }
  }
}
