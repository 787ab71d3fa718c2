package io.hindsight.driver.spark.placement;

import io.hindsight.datasets.windows.SharedFiles;
import io.hindsight.datasets.windows.StoredSteps;
import io.hindsight.driver.spark.codec.ArrayCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;

/** Where sequences are in files that everybody can read, as bytes. */
final class StoredCodec {
  private static final int NUMBERS = Long.BYTES + 5 * Integer.BYTES; // of a sequence's place
  private static final int TEXT = Integer.BYTES; // bytes of a text beside itself

  private StoredCodec() {}

  /** What names files; looked for only where there are any. */
  private static final class Files {
    static final SharedFiles.Codec CODEC =
        ServiceLoader.load(SharedFiles.Codec.class, SharedFiles.class.getClassLoader())
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("nothing on the class path names files"));
  }

  static void writeFiles(DataOutput out, SharedFiles files) throws IOException {
    Files.CODEC.write(out, files);
  }

  static SharedFiles readFiles(DataInput in) throws IOException {
    return Files.CODEC.read(in);
  }

  /** Bytes that {@link #write} writes. */
  static int size(StoredSteps stored) {
    return NUMBERS + TEXT + utf8(stored);
  }

  private static int utf8(StoredSteps stored) {
    return stored.id().getBytes(StandardCharsets.UTF_8).length;
  }

  /** Bytes of the sequence itself, once it is read. */
  static long read(StoredSteps stored, SharedFiles files) {
    return utf8(stored) + stored.steps() * files.stepBytes();
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
