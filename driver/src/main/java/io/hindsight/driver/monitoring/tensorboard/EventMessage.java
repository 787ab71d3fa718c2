package io.hindsight.driver.monitoring.tensorboard;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Messages of an event file, by the fields of TensorFlow's {@code event.proto} and {@code
 * summary.proto}:
 *
 * <pre>
 * Event      { double wall_time = 1; int64 step = 2; string file_version = 3; Summary summary = 5;
 *              SessionLog session_log = 7; }
 * Summary    { repeated Value value = 1; }
 * Value      { string tag = 1; float simple_value = 2; }
 * SessionLog { SessionStatus status = 1; }   // START = 1
 * </pre>
 */
final class EventMessage {
  private static final int WALL_TIME = 1;
  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int SUMMARY = 5;
  private static final int SESSION_LOG = 7;
  private static final int VALUE = 1;
  private static final int TAG = 1;
  private static final int SIMPLE_VALUE = 2;
  private static final int STATUS = 1;
  private static final int START = 1;
  private static final double MILLIS = 1000;
  private static final int BUFFER = 256; // bytes; a step has seven messages of a few dozen

  private EventMessage() {}

  /** Writes fields of a message. */
  private interface Fields {
    void writeTo(CodedOutputStream out) throws IOException;
  }

  private static byte[] message(Fields fields) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      CodedOutputStream out = CodedOutputStream.newInstance(bytes, BUFFER);
      fields.writeTo(out);
      out.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory cannot be written", e);
    }
  }

  private static byte[] event(long millis, Fields fields) {
    return message(
        out -> {
          out.writeDouble(WALL_TIME, millis / MILLIS);
          fields.writeTo(out);
        });
  }

  /** The first of a file. */
  static byte[] version(long millis) {
    return event(millis, out -> out.writeString(FILE_VERSION, "brain.Event:2"));
  }

  /**
   * Numbers of a step.
   *
   * @param millis since 1970
   */
  static byte[] scalars(long millis, long step, Map<String, Double> values) {
    byte[] summary =
        message(
            out -> {
              for (Map.Entry<String, Double> each : values.entrySet()) {
                out.writeByteArray(VALUE, value(each.getKey(), each.getValue()));
              }
            });
    return event(
        millis,
        out -> {
          out.writeInt64(STEP, step);
          out.writeByteArray(SUMMARY, summary);
        });
  }

  private static byte[] value(String tag, double value) {
    return message(
        out -> {
          out.writeString(TAG, tag);
          out.writeFloat(SIMPLE_VALUE, (float) value);
        });
  }

  /** That what was said of this step and of later ones no longer holds. */
  static byte[] restart(long millis, long step) {
    byte[] log = message(out -> out.writeEnum(STATUS, START));
    return event(
        millis,
        out -> {
          out.writeInt64(STEP, step);
          out.writeByteArray(SESSION_LOG, log);
        });
  }

  /**
   * What decides whether an event stays when a run goes on from an earlier step.
   *
   * @param step 0 if there is none
   * @param firstTag of its scalars; empty without any
   */
  record Place(long step, String firstTag) {}

  /** Where an event belongs. */
  static Place place(byte[] event) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(event);
    long step = 0;
    String tag = "";
    for (int field = in.readTag(); field != 0; field = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(field)) {
        case STEP -> step = in.readInt64();
        case SUMMARY -> tag = firstTag(in.readByteArray());
        default -> in.skipField(field);
      }
    }
    return new Place(step, tag);
  }

  private static String firstTag(byte[] summary) throws IOException {
    return new String(first(first(summary, VALUE), TAG), StandardCharsets.UTF_8);
  }

  private static byte[] first(byte[] message, int number) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(message);
    for (int field = in.readTag(); field != 0; field = in.readTag()) {
      if (WireFormat.getTagFieldNumber(field) == number) {
        return in.readByteArray();
      }
      in.skipField(field);
    }
    return new byte[0];
  }
}
