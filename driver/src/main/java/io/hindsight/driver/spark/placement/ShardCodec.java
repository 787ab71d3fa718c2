package io.hindsight.driver.spark.placement;

import io.hindsight.datasets.windows.SharedFiles;
import io.hindsight.datasets.windows.StoredSteps;
import io.hindsight.driver.shard.Shard;
import io.hindsight.driver.shard.ShardData;
import io.hindsight.driver.spark.codec.SequenceCodec;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.Window;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A shard as bytes: its head, and a record of each sequence by slot and rank; of sequences in files
 * that everybody can read, where they are, instead of them.
 *
 * <pre>
 * head    id, first block, blocks, slots: int each; sequences per slot: int each; bytes of all
 *         sequences: long; whether they are in files: boolean, and which files those are
 * record  bytes of the sequence: long; its steps T: int; the sequence, or where it is
 * </pre>
 */
final class ShardCodec {
  /** What a record has before the sequence itself. */
  static final int PREFIX = Long.BYTES + Integer.BYTES; // bytes

  private static final int LANES = SequenceBatch.LANES;
  private static final long MOST_BYTES = 1L << 60;
  static final int AT_ONCE = 1 << 16; // sequences to take room for before any has come
  private static final int OBJECTS = 200; // bytes of a sequence on the heap beside its arrays

  /**
   * What is known of a shard before its sequences are read.
   *
   * @param counts sequences per slot
   * @param bytes of all sequences, without the records' prefixes
   * @param files that hold the sequences; absent if those follow
   */
  record Head(
      int id,
      int firstBlock,
      int blocks,
      List<Integer> counts,
      long bytes,
      Optional<SharedFiles> files) {
    long sequences() {
      return counts.stream().mapToLong(Integer::longValue).sum();
    }

    /** Heap that the sequences take as objects. */
    long heap() {
      return bytes + (long) OBJECTS * sequences();
    }
  }

  private ShardCodec() {}

  static void writeHead(DataOutput out, Shard shard) throws IOException {
    out.writeInt(shard.id());
    out.writeInt(shard.firstBlock());
    out.writeInt(shard.blocks());
    out.writeInt(shard.slots());
    Optional<SharedFiles> files = shard.data().shared();
    long bytes = 0;
    for (int slot = 0; slot < shard.slots(); slot++) {
      out.writeInt(shard.size(slot));
      for (int rank = 0; rank < shard.size(slot); rank++) {
        bytes +=
            files.isPresent()
                ? StoredCodec.read(shard.data().stored(slot, rank), files.get())
                : SequenceCodec.size(shard.window(slot, rank));
      }
    }
    out.writeLong(bytes);
    out.writeBoolean(files.isPresent());
    if (files.isPresent()) {
      StoredCodec.writeFiles(out, files.get());
    }
  }

  static Head readHead(DataInput in) throws IOException {
    int id = in.readInt();
    int firstBlock = in.readInt();
    int blocks = in.readInt();
    List<Integer> counts = new ArrayList<>();
    for (int slot = in.readInt(); slot > 0; slot--) {
      counts.add(in.readInt());
    }
    long bytes = in.readLong();
    Optional<SharedFiles> files =
        in.readBoolean() ? Optional.of(StoredCodec.readFiles(in)) : Optional.empty();
    return checked(new Head(id, firstBlock, blocks, counts, bytes, files));
  }

  /** Refuses numbers that no shard has; what room is taken for it follows from them. */
  private static Head checked(Head head) throws IOException {
    boolean counts = head.counts().stream().allMatch(count -> count >= 0);
    boolean slots = head.counts().size() <= (long) head.blocks() * LANES;
    boolean blocks = head.blocks() >= 1 && head.blocks() <= Integer.MAX_VALUE / LANES;
    if (!counts || !slots || !blocks || head.bytes() < 0 || head.bytes() > MOST_BYTES) {
      throw new IOException("malformed: there is no shard like " + head);
    }
    return head;
  }

  static void writeRecords(DataOutput out, Shard shard) throws IOException {
    for (int slot = 0; slot < shard.slots(); slot++) {
      for (int rank = 0; rank < shard.size(slot); rank++) {
        writeRecord(out, shard, slot, rank);
      }
    }
  }

  /** Bytes of the record of a sequence. */
  static long recordBytes(Shard shard, int slot, int rank) {
    return PREFIX
        + (shard.data().shared().isPresent()
            ? StoredCodec.size(shard.data().stored(slot, rank))
            : SequenceCodec.size(shard.window(slot, rank)));
  }

  static void writeRecord(DataOutput out, Shard shard, int slot, int rank) throws IOException {
    if (shard.data().shared().isPresent()) {
      StoredSteps stored = shard.data().stored(slot, rank);
      out.writeLong(StoredCodec.size(stored));
      out.writeInt(stored.steps());
      StoredCodec.write(out, stored);
      return;
    }
    Window window = shard.window(slot, rank);
    out.writeLong(SequenceCodec.size(window));
    out.writeInt(window.steps());
    SequenceCodec.write(out, window.toSequence());
  }

  /** Reads the records of a shard, as objects or into a file. */
  static Shard readRecords(DataInput in, Head head, ShardMemory space) throws IOException {
    return readRecords(in, head, space, SharedFiles::inOrder);
  }

  /** The same with files that hold sequences opened by a function. */
  static Shard readRecords(
      DataInput in, Head head, ShardMemory space, Function<SharedFiles, SharedFiles.Steps> files)
      throws IOException {
    if (head.files().isPresent()) {
      return new StoredShard(head, files.apply(head.files().get())).read(in, space);
    }
    if (space.reserve(head)) {
      try {
        Shard shard = new Shard(head.id(), head.firstBlock(), head.blocks(), readAll(in, head));
        space.releaseWith(shard, head);
        return shard;
      } catch (IOException | RuntimeException | Error failure) {
        space.release(head);
        throw failure;
      }
    }
    ShardData filed = FiledSequences.copy(in, head, space.folder());
    return new Shard(head.id(), head.firstBlock(), head.blocks(), filed);
  }

  private static List<List<Sequence>> readAll(DataInput in, Head head) throws IOException {
    List<List<Sequence>> slots = new ArrayList<>();
    for (int count : head.counts()) {
      List<Sequence> sequences = new ArrayList<>(Math.min(count, AT_ONCE));
      for (int rank = 0; rank < count; rank++) {
        in.readLong();
        int length = in.readInt();
        sequences.add(SequenceCodec.read(in, length, 0, length));
      }
      slots.add(sequences);
    }
    return slots;
  }
}
