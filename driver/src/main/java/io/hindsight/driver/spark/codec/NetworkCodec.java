package io.hindsight.driver.spark.codec;

import io.hindsight.kernels.network.Activation;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.GruCell;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.RnnCell;
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
    ArrayCodec.writeText(out, spec.input().kind().name());
    out.writeInt(spec.input().size());
    writeCell(out, spec.cell());
    ArrayCodec.writeInts(out, spec.hidden().stream().mapToInt(Integer::intValue).toArray());
    out.writeInt(spec.output().size());
    ArrayCodec.writeText(out, spec.output().loss().name());
    ArrayCodec.writeText(out, spec.output().at().name());
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
    InputSpec.Kind kind = InputSpec.Kind.valueOf(ArrayCodec.readText(in));
    InputSpec input = new InputSpec(kind, in.readInt());
    Cell cell = readCell(in);
    List<Integer> hidden = new ArrayList<>();
    for (int units : ArrayCodec.readInts(in)) {
      hidden.add(units);
    }
    int outputs = in.readInt();
    OutputSpec.Loss loss = OutputSpec.Loss.valueOf(ArrayCodec.readText(in));
    OutputSpec.At at = OutputSpec.At.valueOf(ArrayCodec.readText(in));
    return new NetworkSpec(input, cell, hidden, new OutputSpec(outputs, loss, at));
  }

  private static void writeCell(DataOutput out, Cell cell) throws IOException {
    ArrayCodec.writeText(out, cell.name());
    if (cell instanceof RnnCell rnn) {
      ArrayCodec.writeText(out, rnn.activation().name());
    }
  }

  private static Cell readCell(DataInput in) throws IOException {
    String name = ArrayCodec.readText(in);
    return switch (name) {
      case "rnn" -> new RnnCell(Activation.valueOf(ArrayCodec.readText(in)));
      case "lstm" -> new LstmCell();
      case "gru" -> new GruCell();
      default -> throw new IOException("unknown cell '" + name + "'");
    };
  }
}
