package io.hindsight.driver.spark.codec;

import io.hindsight.kernels.network.Activation;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.DropoutSpec;
import io.hindsight.kernels.network.LayerSpec;
import io.hindsight.kernels.network.RecurrentSpec;
import io.hindsight.kernels.network.RnnCell;
import io.hindsight.kernels.network.StateNoise;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A layer's shape as bytes: the name of its kind or cell, then its numbers. */
final class LayerCodec {
  private static final String DROPOUT = "dropout";

  private LayerCodec() {}

  static void write(DataOutput out, LayerSpec layer) throws IOException {
    if (layer instanceof DropoutSpec dropout) {
      ArrayCodec.writeText(out, DROPOUT);
      out.writeDouble(dropout.rate());
      out.writeBoolean(dropout.variational());
      return;
    }
    RecurrentSpec recurrent = (RecurrentSpec) layer;
    ArrayCodec.writeText(out, recurrent.cell().name());
    ArrayCodec.writeText(
        out, recurrent.cell() instanceof RnnCell rnn ? rnn.activation().name() : "");
    out.writeInt(recurrent.hidden());
    out.writeBoolean(recurrent.bidirectional());
    out.writeBoolean(recurrent.layerNorm());
    out.writeBoolean(recurrent.residual());
    out.writeDouble(recurrent.noise().recurrentDropout());
    out.writeDouble(recurrent.noise().zoneoutHidden());
    out.writeDouble(recurrent.noise().zoneoutCell());
  }

  /**
   * Reads a layer.
   *
   * @throws IllegalArgumentException if the bytes describe none
   */
  static LayerSpec read(DataInput in) throws IOException {
    String name = ArrayCodec.readText(in);
    if (name.equals(DROPOUT)) {
      return new DropoutSpec(in.readDouble(), in.readBoolean());
    }
    String activation = ArrayCodec.readText(in);
    Cell cell = Cell.named(name, () -> Activation.valueOf(activation));
    return new RecurrentSpec(
        cell,
        in.readInt(),
        in.readBoolean(),
        in.readBoolean(),
        in.readBoolean(),
        new StateNoise(in.readDouble(), in.readDouble(), in.readDouble()));
  }
}
