package io.hindsight.driver.spark.codec;

import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.RecurrentSpec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** States that are carried from window to window, as bytes: blocks, then each layer's arrays. */
final class CarriedStateCodec {
  private CarriedStateCodec() {}

  static void write(DataOutput out, Optional<CarriedState> carried) throws IOException {
    out.writeInt(carried.map(CarriedState::blocks).orElse(0));
    if (carried.isPresent()) {
      for (int layer = 0; layer < carried.get().layers(); layer++) {
        ArrayCodec.writeDoubles(out, carried.get().hidden(layer));
        ArrayCodec.writeDoubles(out, carried.get().cell(layer));
      }
    }
  }

  /** Bytes of the arrays of a state, which must be neither negative nor more than arrays hold. */
  private static long bytes(int blocks, NetworkSpec spec) throws IOException {
    long bytes = 0;
    for (RecurrentSpec layer : spec.directions()) {
      long numbers = (long) blocks * layer.hidden() * SequenceBatch.LANES;
      if (numbers < 0 || numbers > Integer.MAX_VALUE) {
        throw new IOException("malformed: a state of " + blocks + " blocks");
      }
      long arrays = numbers * (layer.cell().hasCellState() ? 2 : 1);
      bytes += 2 * Integer.BYTES + arrays * Double.BYTES;
    }
    return bytes;
  }

  static Optional<CarriedState> read(DataInput in, NetworkSpec spec) throws IOException {
    int blocks = in.readInt();
    if (blocks == 0) {
      return Optional.empty();
    }
    long bytes = bytes(blocks, spec);
    if (!ArrayCodec.tellsWhatIsLeft(in)) {
      return Optional.of(readCopied(in, spec, blocks));
    }
    ArrayCodec.requireLeft(in, bytes);
    CarriedState state = new CarriedState(spec, blocks);
    for (int layer = 0; layer < state.layers(); layer++) {
      ArrayCodec.readDoubles(in, state.hidden(layer));
      ArrayCodec.readDoubles(in, state.cell(layer));
    }
    return Optional.of(state);
  }

  /** Takes memory for a state only when its arrays are there. */
  private static CarriedState readCopied(DataInput in, NetworkSpec spec, int blocks)
      throws IOException {
    List<double[]> arrays = new ArrayList<>();
    for (RecurrentSpec layer : spec.directions()) {
      int numbers = blocks * layer.hidden() * SequenceBatch.LANES;
      arrays.add(ArrayCodec.readExactly(in, numbers));
      arrays.add(ArrayCodec.readExactly(in, layer.cell().hasCellState() ? numbers : 0));
    }
    CarriedState state = new CarriedState(spec, blocks);
    for (int layer = 0; layer < state.layers(); layer++) {
      double[] hidden = arrays.get(2 * layer);
      double[] cell = arrays.get(2 * layer + 1);
      System.arraycopy(hidden, 0, state.hidden(layer), 0, hidden.length);
      System.arraycopy(cell, 0, state.cell(layer), 0, cell.length);
    }
    return state;
  }
}
