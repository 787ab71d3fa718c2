package io.hindsight.driver.stateful;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.columns.RawSide.Fixed;
import io.hindsight.datasets.rows.TimeKey;
import io.hindsight.driver.model.ModelException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A {@link SequenceState} as bytes, all big-endian:
 *
 * <pre>
 * 4 bytes  "HSSQ"
 * 4        version of this format, 1
 * text     kind of the times
 * text     version of the model
 * 8        fingerprint of the columns
 * 8        rows that were read
 * 8, text  key of the newest time: its number, and what decides where that does not
 * numbers  of the whole sequence, and texts: its categories
 * text     states of the network, as {@code PredictorState.toBytes} has them
 * rows     the lead
 * rows     the tail
 * 4        CRC-32C of all before
 * </pre>
 *
 * <p>A text is its length in bytes, −1 for none, and these; texts are their number and each;
 * numbers are how many, and each as 8 bytes; rows are the texts of their times, the numbers of the
 * inputs, the numbers of the targets, and the texts of the categories.
 */
public final class SequenceStateBytes {
  private static final int MAGIC = 0x48535351;
  private static final int VERSION = 1;
  private static final int HEAD = 8; // bytes of the magic number and the version
  private static final String AGAIN = "; begin the query with another checkpointLocation";

  private SequenceStateBytes() {}

  /**
   * The bytes of a state.
   *
   * @param times what kind the times are of, since those of another cannot be compared
   */
  public static byte[] write(SequenceState state, String times) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(MAGIC);
      out.writeInt(VERSION);
      StateTexts.write(out, times);
      StateTexts.write(out, state.version());
      out.writeLong(state.columns());
      out.writeLong(state.count());
      out.writeLong(state.last().order());
      StateTexts.writeBytes(out, state.last().rest());
      KeptRows.write(out, KeptRows.array(state.fixed().numbers().stream()));
      StateTexts.write(out, state.fixed().categories());
      StateTexts.writeBytes(out, state.network());
      state.lead().write(out);
      state.tail().write(out);
      byte[] all = bytes.toByteArray();
      out.writeInt(checksum(all, all.length));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * The state that bytes hold.
   *
   * @param id the sequence, for errors
   * @param times what kind its times are of now
   * @throws ModelException if they are damaged, none of a state, or of a newer release
   * @throws DataException if its times were of another kind
   */
  public static SequenceState read(byte[] all, String id, String times) {
    requireWhole(all, id);
    StateReader in = new StateReader(all, HEAD, all.length - Integer.BYTES);
    try {
      requireAlike(in.someText(), times, id);
      return state(in);
    } catch (IOException e) {
      throw refused(id, "is damaged: " + e.getMessage() + AGAIN);
    }
  }

  private static SequenceState state(StateReader in) throws IOException {
    SequenceState state =
        new SequenceState(
            in.someText(),
            in.number(),
            in.number(),
            new TimeKey(in.number(), in.bytes()),
            new Fixed(KeptRows.list(in.numbers()), in.texts()),
            in.someBytes(),
            KeptRows.read(in),
            KeptRows.read(in));
    in.requireEnd();
    return state;
  }

  private static void requireAlike(String before, String times, String id) {
    if (!before.equals(times)) {
      throw new DataException(
          "the times of a stream must stay of one kind, by which late rows are told",
          "%s after %s".formatted(times, before),
          "sequence '%s'".formatted(id),
          "cast the column to what it was, or begin the query with another checkpointLocation");
    }
  }

  private static void requireWhole(byte[] all, String id) {
    ByteBuffer bytes = ByteBuffer.wrap(all);
    if (all.length < HEAD + Integer.BYTES || bytes.getInt() != MAGIC) {
      throw refused(id, "is none of Hindsight" + AGAIN);
    }
    int version = bytes.getInt();
    if (version != VERSION) {
      throw refused(
          id,
          "has version %d, but this release reads version %d; go on with the release that wrote it, or with another checkpointLocation"
              .formatted(version, VERSION));
    }
    int end = all.length - Integer.BYTES;
    if (bytes.getInt(end) != checksum(all, end)) {
      throw refused(id, "is damaged: its checksum is another" + AGAIN);
    }
  }

  private static ModelException refused(String id, String what) {
    return new ModelException(
        ModelException.Kind.CORRUPT, "the state of sequence '%s' %s".formatted(id, what));
  }

  static int checksum(byte[] all, int length) {
    CRC32C sum = new CRC32C();
    sum.update(all, 0, length);
    return (int) sum.getValue();
  }
}
