package io.hindsight.driver.spark.placement;

import io.hindsight.datasets.chunks.ChunkRows;
import io.hindsight.datasets.stored.EncodedFile.Shape;
import io.hindsight.datasets.windows.StoredSteps;
import io.hindsight.driver.data.StorageFolder;
import io.hindsight.driver.shard.Shard;
import io.hindsight.driver.spark.codec.ArrayCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Where sequences are in files that everybody can read, as bytes. */
final class StoredCodec {
  private static final int NUMBERS = Long.BYTES + 5 * Integer.BYTES; // of a sequence's place
  private static final int TEXT = Integer.BYTES; // bytes of a text beside itself

  private StoredCodec() {}

  /** The files of a shard's sequences, if they are in such. */
  static Optional<ChunkRows> files(Shard shard) {
    return shard.data().shared().map(ChunkRows.class::cast);
  }

  static void writeFiles(DataOutput out, ChunkRows files) throws IOException {
    StorageFolder folder = (StorageFolder) files.folder();
    ArrayCodec.writeText(out, folder.location());
    out.writeInt(folder.hadoop().size());
    for (Map.Entry<String, String> each : folder.hadoop().entrySet()) {
      ArrayCodec.writeText(out, each.getKey());
      ArrayCodec.writeText(out, each.getValue());
    }
    out.writeInt(files.shape().features());
    out.writeInt(files.shape().targets());
    out.writeBoolean(files.shape().classes());
  }

  static ChunkRows readFiles(DataInput in) throws IOException {
    String location = ArrayCodec.readText(in);
    TreeMap<String, String> hadoop = new TreeMap<>();
    for (int count = in.readInt(); count > 0; count--) {
      hadoop.put(ArrayCodec.readText(in), ArrayCodec.readText(in));
    }
    Shape shape = new Shape(in.readInt(), in.readInt(), in.readBoolean());
    if (shape.features() < 0 || shape.targets() < 0) {
      throw new IOException("malformed: there are no sequences like " + shape);
    }
    return new ChunkRows(new StorageFolder(location, hadoop), shape);
  }

  /** Bytes that {@link #write} writes. */
  static int size(StoredSteps stored) {
    return NUMBERS + TEXT + utf8(stored);
  }

  private static int utf8(StoredSteps stored) {
    return stored.id().getBytes(StandardCharsets.UTF_8).length;
  }

  /** Bytes of the sequence itself, once it is read. */
  static long read(StoredSteps stored, ChunkRows files) {
    Shape shape = files.shape();
    long perStep = (long) Double.BYTES * (shape.features() + shape.targets());
    return utf8(stored) + stored.steps() * (perStep + (shape.classes() ? Integer.BYTES : 0));
  }

  static void write(DataOutput out, StoredSteps stored) throws IOException {
    out.writeLong(stored.place());
    out.writeInt(stored.idBytes());
    out.writeInt(stored.length());
    out.writeInt(stored.start());
    out.writeInt(stored.steps());
    out.writeInt(stored.scoredFrom());
    ArrayCodec.writeText(out, stored.id());
  }

  static StoredSteps read(DataInput in) throws IOException {
    StoredSteps stored =
        new StoredSteps(
            in.readLong(),
            in.readInt(),
            in.readInt(),
            in.readInt(),
            in.readInt(),
            in.readInt(),
            ArrayCodec.readText(in));
    boolean within =
        stored.place() >= 0
            && stored.idBytes() >= 0
            && stored.start() >= 0
            && stored.steps() >= 1
            && stored.steps() <= stored.length() - stored.start()
            && stored.scoredFrom() >= 0
            && stored.scoredFrom() <= stored.steps();
    if (!within) {
      throw new IOException("malformed: there are no steps like " + stored);
    }
    return stored;
  }
}
