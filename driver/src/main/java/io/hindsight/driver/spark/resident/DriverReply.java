package io.hindsight.driver.spark.resident;

import io.hindsight.driver.spark.codec.Pieces;
import io.hindsight.driver.step.ShardRange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The driver's answer between processes: head and body, as {@link WorkerMessage}.
 *
 * <pre>
 * head   kind (byte); WAIT: nanoseconds (long);
 *        WORK: step (long), pieces of the input (int; 0 for none), the ranges
 * body   WORK: the first piece of the input, the others have to be fetched; PIECE: a piece, or a
 *        page, which is empty after the last
 * </pre>
 */
final class DriverReply {
  static final int STOP = 0;
  static final int WAIT = 1;
  static final int WORK = 2;
  static final int PIECE = 3;

  private static final byte[] EMPTY = {};

  private DriverReply() {}

  static byte[][] stop() throws IOException {
    return write(STOP, out -> {}, EMPTY);
  }

  static byte[][] pause(long nanos) throws IOException {
    return write(WAIT, out -> out.writeLong(nanos), EMPTY);
  }

  static byte[][] piece(byte[] bytes) throws IOException {
    return write(PIECE, out -> {}, bytes);
  }

  static byte[][] work(long step, Optional<Pieces> input, List<ShardRange> ranges)
      throws IOException {
    return write(
        WORK,
        out -> {
          out.writeLong(step);
          out.writeInt(input.map(Pieces::count).orElse(0));
          WorkerMessage.writeRanges(out, ranges);
        },
        input.map(pieces -> pieces.get(0)).orElse(EMPTY));
  }

  static DataInputStream head(byte[][] parts) {
    return new DataInputStream(new ByteArrayInputStream(parts[0]));
  }

  private interface Fields {
    void writeTo(DataOutputStream out) throws IOException;
  }

  private static byte[][] write(int kind, Fields fields, byte[] body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(kind);
      fields.writeTo(out);
    }
    return new byte[][] {bytes.toByteArray(), body};
  }
}
