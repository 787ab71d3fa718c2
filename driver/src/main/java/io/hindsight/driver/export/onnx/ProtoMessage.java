package io.hindsight.driver.export.onnx;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A message of protocol buffers in the making: fields one after the other. */
final class ProtoMessage {
  private static final int BUFFER = 64; // most messages are short

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CodedOutputStream out = CodedOutputStream.newInstance(bytes, BUFFER);

  /** Writes into memory. */
  private interface Write {
    void run() throws IOException;
  }

  /** A field that holds a whole number, not below 0. */
  ProtoMessage integer(int field, long value) {
    return write(() -> out.writeInt64(field, value));
  }

  /** A field that holds a number of single precision. */
  ProtoMessage single(int field, float value) {
    return write(() -> out.writeFloat(field, value));
  }

  /** A field that holds a text. */
  ProtoMessage text(int field, String value) {
    return write(() -> out.writeString(field, value));
  }

  /** A field that holds another message. */
  ProtoMessage message(int field, ProtoMessage value) {
    return write(
        () -> {
          out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
          out.writeUInt32NoTag(value.size());
          out.flush();
          value.bytes.writeTo(bytes);
        });
  }

  /** A field that holds bytes. */
  ProtoMessage bytes(int field, byte[] value) {
    return write(() -> out.writeByteArray(field, value));
  }

  /** A field that holds whole numbers, packed. */
  ProtoMessage integers(int field, long... values) {
    ProtoMessage packed = new ProtoMessage();
    for (long value : values) {
      packed.write(() -> packed.out.writeInt64NoTag(value));
    }
    return message(field, packed);
  }

  /** A field that holds numbers of single precision, packed. */
  ProtoMessage singles(int field, float... values) {
    ProtoMessage packed = new ProtoMessage();
    for (float value : values) {
      packed.write(() -> packed.out.writeFloatNoTag(value));
    }
    return message(field, packed);
  }

  static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private ProtoMessage write(Write field) {
    try {
      field.run();
      out.flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory cannot be written", e);
    }
  }

  /** Bytes of the message. */
  int size() {
    return bytes.size();
  }

  /** Writes the message. */
  void writeTo(OutputStream to) throws IOException {
    bytes.writeTo(to);
  }
}
