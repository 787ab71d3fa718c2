package io.hindsight.driver.spark.codec;

import io.hindsight.kernels.network.Activation;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.LayerSpec;
import io.hindsight.kernels.network.RecurrentSpec;
import io.hindsight.kernels.network.RnnCell;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A layer's shape as bytes: the name of its cell, then its numbers. */
final class LayerCodec {
  private LayerCodec() {}

  static void write(DataOutput out, LayerSpec layer) throws IOException {
    RecurrentSpec recurrent = (RecurrentSpec) layer;
    ArrayCodec.writeText(out, recurrent.cell().name());
    ArrayCodec.writeText(
        out, recurrent.cell() instanceof RnnCell rnn ? rnn.activation().name() : "");
    out.writeInt(recurrent.hidden());
  }

  /**
   * Reads a layer.
   *
   * @throws IllegalArgumentException if the bytes describe none
   */
  static LayerSpec read(DataInput in) throws IOException {
    String name = ArrayCodec.readText(in);
    String activation = ArrayCodec.readText(in);
    Cell cell = Cell.named(name, () -> Activation.valueOf(activation));
    return new RecurrentSpec(cell, in.readInt());
  }
}
