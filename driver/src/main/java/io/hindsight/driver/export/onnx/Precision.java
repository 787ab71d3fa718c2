package io.hindsight.driver.export.onnx;

import java.nio.ByteBuffer;

/** The numbers that a graph computes with. */
public enum Precision {
  /** Single precision, by the operators that runtimes have for recurrent layers. */
  FLOAT(OnnxMessages.FLOAT),
  /** Double precision, by loops of plain operators, since runtimes compute no others in it. */
  DOUBLE(OnnxMessages.DOUBLE);

  private final int type;

  Precision(int type) {
    this.type = type;
  }

  /** ONNX's number of the type. */
  int type() {
    return type;
  }

  /** Numbers as the raw data of a tensor. */
  byte[] raw(double[] values) {
    int size = this == FLOAT ? Float.BYTES : Double.BYTES;
    ByteBuffer raw = ProtoMessage.littleEndian(Math.multiplyExact(values.length, size));
    for (double value : values) {
      if (this == FLOAT) {
        raw.putFloat((float) value);
      } else {
        raw.putDouble(value);
      }
    }
    return raw.array();
  }
}
