package io.hindsight.driver.spark.codec;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.ObjectInput;

/** Bytes as a serializer hands them to what it reads, for what reads no objects. */
public final class PlainInput extends DataInputStream implements ObjectInput {
  public PlainInput(byte[] bytes) {
    super(new ByteArrayInputStream(bytes));
  }

  @Override
  public Object readObject() {
    throw new UnsupportedOperationException("nothing here is read as an object");
  }
}
