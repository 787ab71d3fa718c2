package io.hindsight.datasets.windows;

import io.hindsight.datasets.files.Sha256;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.function.Function;

/**
 * The SHA-256 of a window: of its id, length, first scored step and the raw bits of inputs and
 * targets, big-endian, each array preceded by its length (−1 where it is absent); and if there are
 * any, categories, numbers of the sequence and its categories, and weights of targets.
 */
public final class WindowHash {
  private static final int BUFFER = 1 << 13; // bytes
  private static final int PIECE = 1 << 14; // steps

  private final Window window;
  private final Sequence sequence;
  private final DataOutputStream out;

  private WindowHash(Window window, OutputStream hashed) {
    this.window = window;
    sequence = window.sequence();
    out = new DataOutputStream(new BufferedOutputStream(hashed, BUFFER));
  }

  /** The 32 bytes of a window's hash: the same for a view of some steps as for a copy of them. */
  public static byte[] of(Window window) {
    MessageDigest digest = Sha256.digest();
    OutputStream hashed = new DigestOutputStream(OutputStream.nullOutputStream(), digest);
    WindowHash hash = new WindowHash(window, hashed);
    try (hash.out) {
      hash.write();
    } catch (IOException e) {
      throw new UncheckedIOException("a digest in memory cannot fail", e);
    }
    return digest.digest();
  }

  /**
   * The hash of a whole sequence of a list. One that is long, and numbers alone, is read piece by
   * piece.
   */
  public static byte[] of(SequenceList sequences, int index) {
    int length = sequences.length(index);
    if (length <= PIECE || !isOfNumbersAlone(sequences.window(index, 0, 1, false).sequence())) {
      return of(sequences.window(index, 0, length, false));
    }
    MessageDigest digest = Sha256.digest();
    OutputStream hashed = new DigestOutputStream(OutputStream.nullOutputStream(), digest);
    try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(hashed, BUFFER))) {
      head(out, sequences.id(index), length, sequences.scoredFrom(index));
      writePieces(out, sequences, index, Sequence::features);
      out.writeInt(-1); // tokens
      writePieces(out, sequences, index, Sequence::targets);
      out.writeInt(-1); // classes
    } catch (IOException e) {
      throw new UncheckedIOException("a digest in memory cannot fail", e);
    }
    return digest.digest();
  }

  private static boolean isOfNumbersAlone(Sequence sequence) {
    return sequence.features() != null
        && sequence.targets() != null
        && sequence.categoryWidth() == 0
        && sequence.statics().isEmpty()
        && sequence.weights() == null;
  }

  private static void writePieces(
      DataOutputStream out, SequenceList sequences, int index, Function<Sequence, double[]> of)
      throws IOException {
    int length = sequences.length(index);
    for (int from = 0; from < length; from += PIECE) {
      int steps = Math.min(PIECE, length - from);
      Window piece = sequences.window(index, from, steps, false);
      double[] values = of.apply(piece.sequence());
      int width = values.length / piece.sequence().length();
      if (from == 0) {
        out.writeInt(Math.multiplyExact(length, width));
      }
      write(out, values, piece.start() * width, steps * width);
    }
  }

  private static void head(DataOutputStream out, String name, int steps, int scoredFrom)
      throws IOException {
    byte[] id = name.getBytes(StandardCharsets.UTF_8);
    out.writeInt(id.length);
    out.write(id);
    out.writeInt(steps);
    out.writeInt(scoredFrom);
  }

  private void write() throws IOException {
    head(out, window.id(), window.steps(), window.scoredFrom());
    write(sequence.features());
    write(sequence.tokens());
    write(sequence.targets());
    write(sequence.classes());
    if (sequence.categoryWidth() > 0 || !sequence.statics().isEmpty()) {
      writeBeside();
    }
    if (sequence.weights() != null) {
      write(sequence.weights());
    }
  }

  private void writeBeside() throws IOException {
    int width = sequence.categoryWidth();
    out.writeInt(window.steps() * width);
    int end = (window.start() + window.steps()) * width;
    for (int i = window.start() * width; i < end; i++) {
      out.writeInt(sequence.categories()[i]);
    }
    out.writeInt(sequence.statics().features().length);
    for (double number : sequence.statics().features()) {
      out.writeDouble(number);
    }
    out.writeInt(sequence.statics().categories().length);
    for (int id : sequence.statics().categories()) {
      out.writeInt(id);
    }
  }

  /** The values of the window's steps, of which each has as many. */
  private void write(double[] values) throws IOException {
    if (values == null) {
      out.writeInt(-1);
      return;
    }
    int width = values.length / sequence.length();
    out.writeInt(window.steps() * width);
    write(out, values, window.start() * width, window.steps() * width);
  }

  private static void write(DataOutputStream out, double[] values, int first, int all)
      throws IOException {
    int atOnce = Math.min(all, BUFFER / Double.BYTES);
    ByteBuffer bytes = ByteBuffer.allocate(atOnce * Double.BYTES);
    for (int from = first; from < first + all; from += atOnce) {
      int count = Math.min(atOnce, first + all - from);
      bytes.asDoubleBuffer().put(values, from, count);
      out.write(bytes.array(), 0, count * Double.BYTES);
    }
  }

  private void write(int[] values) throws IOException {
    out.writeInt(values == null ? -1 : window.steps());
    for (int step = 0; values != null && step < window.steps(); step++) {
      out.writeInt(values[window.start() + step]);
    }
  }
}
