package io.hindsight.driver.spark.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.OutputStream;

/**
 * A serializer's streams, used for bytes only: Kryo writes numbers in another way than Java, so
 * what is copied without being read must be written and read through these.
 */
public final class PlainStreams {
  private PlainStreams() {}

  /** A stream that writes there. */
  public static OutputStream of(ObjectOutput out) {
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        out.write(value);
      }

      @Override
      public void write(byte[] values, int offset, int length) throws IOException {
        out.write(values, offset, length);
      }
    };
  }

  /** A stream that reads from there. */
  public static InputStream of(ObjectInput in) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        return in.read();
      }

      @Override
      public int read(byte[] values, int offset, int length) throws IOException {
        return in.read(values, offset, length);
      }
    };
  }
}
