package io.hindsight.datasets.sequences;

import io.hindsight.datasets.rows.TablePlace;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Writes the steps of a sequence as pieces of bounded size, so that a task holds no more of one
 * than that: id and place, then steps; the last piece says that it is.
 */
final class PieceWriter {
  static final int STEP = 1;
  static final int NEXT_PIECE = 2;
  static final int END = 3;
  static final int KEPT_STEP = 4;
  private static final int SIZE = 1 << 19; // bytes, after which a piece ends

  private final Consumer<byte[]> pieces;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(SIZE + (SIZE >> 2));
  private final DataOutputStream out = new DataOutputStream(bytes);

  PieceWriter(Consumer<byte[]> pieces) {
    this.pieces = pieces;
  }

  /**
   * Begins a sequence, the one before having ended.
   *
   * @param place of the row that holds it; null if its steps are rows
   * @param kept cells of that row which are handed on, or null
   */
  void begin(String id, TablePlace place, String kept) {
    try {
      writeText(id);
      out.writeBoolean(place != null);
      if (place != null) {
        writeText(place.file());
        out.writeLong(place.block());
        out.writeLong(place.row());
        out.writeBoolean(place.ofFile());
        writeText(kept);
      }
    } catch (IOException e) {
      throw unthinkable(e);
    }
  }

  /**
   * Writes a step.
   *
   * @param time as it is shown; null for all steps if there is none
   * @param inputs null where there are none, as for all steps of such a sequence
   * @param numbers numeric targets, or null
   * @param label or null
   * @param kept cells of the step's row which are handed on, or null
   */
  void step(String time, byte[] inputs, byte[] numbers, String label, String kept) {
    try {
      if (bytes.size() >= SIZE) {
        out.writeByte(NEXT_PIECE);
        flush();
      }
      out.writeByte(kept == null ? STEP : KEPT_STEP);
      writeText(time);
      writeBytes(inputs);
      writeBytes(numbers);
      writeText(label);
      if (kept != null) {
        writeText(kept);
      }
    } catch (IOException e) {
      throw unthinkable(e);
    }
  }

  /** Ends a sequence. */
  void end() {
    try {
      out.writeByte(END);
      flush();
    } catch (IOException e) {
      throw unthinkable(e);
    }
  }

  private void flush() throws IOException {
    out.flush();
    pieces.accept(bytes.toByteArray());
    bytes.reset();
  }

  private void writeText(String text) throws IOException {
    writeBytes(text == null ? null : text.getBytes(StandardCharsets.UTF_8));
  }

  private void writeBytes(byte[] some) throws IOException {
    out.writeInt(some == null ? -1 : some.length);
    if (some != null) {
      out.write(some);
    }
  }

  private static UncheckedIOException unthinkable(IOException e) {
    return new UncheckedIOException("writing to memory cannot fail", e);
  }
}
