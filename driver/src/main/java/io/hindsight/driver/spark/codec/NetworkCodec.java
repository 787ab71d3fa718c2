package io.hindsight.driver.spark.codec;

import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.LayerSpec;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A network's shape as bytes. */
public final class NetworkCodec {
  private NetworkCodec() {}

  /** Writes the shape of a network. */
  public static void write(DataOutput out, NetworkSpec spec) throws IOException {
    InputCodec.write(out, spec.input());
    out.writeInt(spec.layers().size());
    for (LayerSpec layer : spec.layers()) {
      LayerCodec.write(out, layer);
    }
    out.writeInt(spec.output().size());
    ArrayCodec.writeText(out, spec.output().loss().name());
    ArrayCodec.writeText(out, spec.output().at().name());
    out.writeBoolean(spec.output().tied());
  }

  /**
   * Reads a network.
   *
   * @throws IOException if the bytes describe none
   */
  public static NetworkSpec read(DataInput in) throws IOException {
    try {
      return readSpec(in);
    } catch (IllegalArgumentException malformed) {
      throw new IOException("malformed network: " + malformed.getMessage(), malformed);
    }
  }

  private static NetworkSpec readSpec(DataInput in) throws IOException {
    InputSpec input = InputCodec.read(in);
    List<LayerSpec> layers = new ArrayList<>();
    for (int count = in.readInt(); count > 0; count--) {
      layers.add(LayerCodec.read(in));
    }
    int outputs = in.readInt();
    OutputSpec.Loss loss = OutputSpec.Loss.valueOf(ArrayCodec.readText(in));
    OutputSpec.At at = OutputSpec.At.valueOf(ArrayCodec.readText(in));
    return new NetworkSpec(input, layers, new OutputSpec(outputs, loss, at, in.readBoolean()));
  }
}
