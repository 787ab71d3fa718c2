package io.hindsight.datasets.sequences.pieces;

import io.hindsight.datasets.rows.TablePlace;
import io.hindsight.datasets.rows.steps.StepValues;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Writes the steps of a sequence as pieces of bounded size, so that a task holds no more of one
 * than that: the id, the place in the first piece, then steps; the last piece says that it is.
 */
public final class PieceWriter {
  static final int STEP = 1;
  static final int NEXT_PIECE = 2;
  static final int END = 3;
  private static final int SIZE = 1 << 19; // bytes, after which a piece ends

  private final Consumer<byte[]> pieces;
  private ByteBuffer bytes = ByteBuffer.allocate(1 << 12);
  private String id; // of the sequence that has begun

  /**
   * Writes pieces.
   *
   * @param pieces takes each, as {@link PieceReader} reads them
   */
  public PieceWriter(Consumer<byte[]> pieces) {
    this.pieces = pieces;
  }

  /**
   * Begins a sequence, the one before having ended.
   *
   * @param place of the row that holds it; null if its steps are rows
   * @param kept cells of that row which are handed on, or null
   */
  public void begin(String id, TablePlace place, String kept) {
    this.id = id;
    writeText(id);
    writeByte(place != null ? 1 : 0);
    if (place != null) {
      writeText(place.file());
      room(2 * Long.BYTES).putLong(place.block()).putLong(place.row());
      writeByte(place.ofFile() ? 1 : 0);
      writeText(kept);
    }
  }

  /**
   * Writes a step.
   *
   * @param time as it is shown; null for all steps if there is none
   * @param values as {@link StepValues} has them; inputs in all steps of a sequence or in none
   */
  public void step(String time, byte[] values) {
    if (bytes.position() >= SIZE) {
      writeByte(NEXT_PIECE);
      flush();
      begin(id, null, null);
    }
    writeByte(STEP);
    writeText(time);
    room(values.length).put(values);
  }

  /**
   * Ends a sequence.
   *
   * @param merged rows that are in it as others of the same time, or are read as the mean with them
   */
  public void end(int merged) {
    writeByte(END);
    room(Integer.BYTES).putInt(merged);
    flush();
  }

  private void flush() {
    pieces.accept(Arrays.copyOf(bytes.array(), bytes.position()));
    bytes.clear();
  }

  private void writeByte(int value) {
    room(1).put((byte) value);
  }

  private void writeText(String text) {
    if (text == null) {
      room(Integer.BYTES).putInt(-1);
      return;
    }
    byte[] some = text.getBytes(StandardCharsets.UTF_8);
    room(Integer.BYTES + some.length).putInt(some.length).put(some);
  }

  private ByteBuffer room(int length) {
    if (length > bytes.remaining()) {
      int needed = Math.addExact(bytes.position(), length);
      int twice = (int) Math.min(Integer.MAX_VALUE - 8, 2L * bytes.capacity());
      bytes = ByteBuffer.allocate(Math.max(needed, twice)).put(bytes.flip());
    }
    return bytes;
  }
}
