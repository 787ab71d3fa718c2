package io.hindsight.driver.export.onnx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A message in the wire format of protocol buffers: fields one after the other, each a key and a
 * value.
 *
 * <pre>
 * key    varint: number of the field · 8 + wire type
 * value  wire type 0: a varint, seven bits a byte from the lowest, the eighth bit where more follow
 *        wire type 2: length as a varint, then as many bytes: a text, a message, or packed numbers
 *        wire type 5: four bytes, a float, little-endian
 * </pre>
 */
final class ProtoMessage {
  private static final int VARINT = 0;
  private static final int BYTES = 2;
  private static final int FLOAT = 5;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A field that holds a whole number, not below 0. */
  ProtoMessage integer(int field, long value) {
    key(field, VARINT);
    varint(out, value);
    return this;
  }

  /** A field that holds a number of single precision. */
  ProtoMessage single(int field, float value) {
    key(field, FLOAT);
    out.writeBytes(littleEndian(Float.BYTES).putFloat(value).array());
    return this;
  }

  /** A field that holds a text. */
  ProtoMessage text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /** A field that holds another message. */
  ProtoMessage message(int field, ProtoMessage value) {
    key(field, BYTES);
    varint(out, value.out.size());
    try {
      value.out.writeTo(out);
    } catch (IOException e) {
      throw new IllegalStateException("memory is written to without fail", e);
    }
    return this;
  }

  /** A field that holds bytes. */
  ProtoMessage bytes(int field, byte[] value) {
    key(field, BYTES);
    varint(out, value.length);
    out.writeBytes(value);
    return this;
  }

  /** A field that holds whole numbers, packed. */
  ProtoMessage integers(int field, long... values) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    for (long value : values) {
      varint(packed, value);
    }
    return bytes(field, packed.toByteArray());
  }

  /** A field that holds numbers of single precision, packed. */
  ProtoMessage singles(int field, float... values) {
    ByteBuffer packed = littleEndian(values.length * Float.BYTES);
    for (float value : values) {
      packed.putFloat(value);
    }
    return bytes(field, packed.array());
  }

  static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void key(int field, int type) {
    varint(out, (long) field << 3 | type);
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) (rest & 0x7F | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  /** Bytes of the message. */
  int size() {
    return out.size();
  }

  /** Writes the message. */
  void writeTo(OutputStream to) throws IOException {
    out.writeTo(to);
  }
}
