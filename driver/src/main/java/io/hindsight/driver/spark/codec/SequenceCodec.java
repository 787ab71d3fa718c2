package io.hindsight.driver.spark.codec;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Statics;
import io.hindsight.kernels.batch.Window;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A sequence as bytes, from which some of its steps can be read without the others. */
public final class SequenceCodec {
  private static final int ARRAY = Integer.BYTES; // bytes of an array beside its elements

  private SequenceCodec() {}

  /** Writes a sequence; its length is not among it. */
  public static void write(DataOutput out, Sequence sequence) throws IOException {
    ArrayCodec.writeText(out, sequence.id());
    out.writeInt(sequence.firstTarget());
    out.writeBoolean(sequence.isTokens());
    if (sequence.isTokens()) {
      ArrayCodec.writeInts(out, sequence.tokens());
    } else {
      ArrayCodec.writeDoubles(out, sequence.features());
    }
    ArrayCodec.writeInts(out, sequence.categories());
    ArrayCodec.writeDoubles(out, sequence.statics().features());
    ArrayCodec.writeInts(out, sequence.statics().categories());
    out.writeBoolean(sequence.targets() != null);
    if (sequence.targets() != null) {
      ArrayCodec.writeDoubles(out, sequence.targets());
    }
    out.writeBoolean(sequence.classes() != null);
    if (sequence.classes() != null) {
      ArrayCodec.writeInts(out, sequence.classes());
    }
    out.writeBoolean(sequence.weights() != null);
    if (sequence.weights() != null) {
      ArrayCodec.writeDoubles(out, sequence.weights());
    }
  }

  /**
   * The bytes that {@link #write} writes of a window that {@linkplain Window#toSequence became
   * one}.
   */
  public static long size(Window window) {
    Sequence sequence = window.sequence();
    long length = window.steps();
    long bytes = ARRAY + window.id().getBytes(StandardCharsets.UTF_8).length;
    bytes += Integer.BYTES + 4; // the first target, and whether of four things there are any
    bytes +=
        ARRAY + length * sequence.width() * (sequence.isTokens() ? Integer.BYTES : Double.BYTES);
    bytes += 3 * ARRAY + length * sequence.categoryWidth() * Integer.BYTES;
    bytes += (long) sequence.statics().features().length * Double.BYTES;
    bytes += (long) sequence.statics().categories().length * Integer.BYTES;
    if (sequence.targets() != null) {
      bytes += ARRAY + length * sequence.targetWidth() * Double.BYTES;
    }
    if (sequence.classes() != null) {
      bytes += ARRAY + length * Integer.BYTES;
    }
    if (sequence.weights() != null) {
      bytes += ARRAY + length * Double.BYTES;
    }
    return bytes;
  }

  /**
   * Reads the steps [from, to) of a sequence of {@code length} steps; the id of a part tells which.
   *
   * @throws IOException if the bytes are none of such a sequence
   */
  public static Sequence read(DataInput in, int length, int from, int to) throws IOException {
    try {
      return readSteps(in, length, from, to);
    } catch (IllegalArgumentException malformed) {
      throw new IOException("malformed sequence: " + malformed.getMessage(), malformed);
    }
  }

  private static Sequence readSteps(DataInput in, int length, int from, int to) throws IOException {
    String id = ArrayCodec.readText(in);
    if (to - from < length) {
      id += ", steps " + from + " to " + (to - 1);
    }
    int firstTarget = in.readInt();
    Sequence sequence =
        in.readBoolean()
            ? Sequence.ofTokens(id, ArrayCodec.readInts(in, length, from, to))
            : Sequence.ofFeatures(id, ArrayCodec.readDoubles(in, length, from, to), to - from);
    sequence =
        sequence
            .withCategories(ArrayCodec.readIntRows(in, length, from, to))
            .withStatics(new Statics(ArrayCodec.readDoubles(in), ArrayCodec.readInts(in)));
    if (in.readBoolean()) {
      sequence = sequence.withTargets(ArrayCodec.readDoubles(in, length, from, to));
    }
    if (in.readBoolean()) {
      sequence = sequence.withClasses(ArrayCodec.readInts(in, length, from, to));
    }
    if (in.readBoolean()) {
      sequence = sequence.withWeights(ArrayCodec.readDoubles(in, length, from, to));
    }
    return sequence.scoredFrom(Math.min(to - from, Math.max(0, firstTarget - from)));
  }
}
