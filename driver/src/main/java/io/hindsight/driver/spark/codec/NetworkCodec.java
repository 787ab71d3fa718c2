package io.hindsight.driver.spark.codec;

import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.LayerSpec;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.output.LossOptions;
import io.hindsight.kernels.network.output.Margins;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

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
    LossOptions options = spec.output().options();
    ArrayCodec.writeDoubles(out, toArray(options.quantiles()));
    ArrayCodec.writeDoubles(out, toArray(options.elementWeights()));
    ArrayCodec.writeDoubles(out, toArray(options.positiveWeights()));
    ArrayCodec.writeDoubles(out, toArray(options.elementScales()));
    out.writeDouble(options.labelSmoothing());
    out.writeDouble(options.focalGamma());
    out.writeBoolean(options.margins().isPresent());
    ArrayCodec.writeDoubles(out, toArray(options.margins().map(Margins::values).orElse(List.of())));
  }

  private static double[] toArray(List<Double> numbers) {
    return numbers.stream().mapToDouble(number -> number).toArray();
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
    boolean tied = in.readBoolean();
    OutputSpec output = new OutputSpec(outputs, loss, at, tied, readOptions(in));
    return new NetworkSpec(input, layers, output);
  }

  private static LossOptions readOptions(DataInput in) throws IOException {
    LossOptions plain =
        new LossOptions(
            readList(in),
            readList(in),
            readList(in),
            readList(in),
            in.readDouble(),
            in.readDouble(),
            Optional.empty());
    boolean widened = in.readBoolean();
    List<Double> margins = readList(in);
    return widened ? plain.withMargins(new Margins(margins)) : plain;
  }

  private static List<Double> readList(DataInput in) throws IOException {
    return Arrays.stream(ArrayCodec.readDoubles(in)).boxed().toList();
  }
}
