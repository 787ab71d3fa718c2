package io.hindsight.driver.spark.placement;

import io.hindsight.driver.shard.CarriedWindows;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** How sequences are taken piece by piece, as bytes: steps of a window, new steps of each. */
final class WindowsCodec {
  private WindowsCodec() {}

  static void write(DataOutput out, CarriedWindows windows) throws IOException {
    out.writeInt(windows.window());
    out.writeInt(windows.stride());
  }

  static CarriedWindows read(DataInput in) throws IOException {
    try {
      return new CarriedWindows(in.readInt(), in.readInt());
    } catch (IllegalArgumentException malformed) {
      throw new IOException("malformed: " + malformed.getMessage(), malformed);
    }
  }
}
