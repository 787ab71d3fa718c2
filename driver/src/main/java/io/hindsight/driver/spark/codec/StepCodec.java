package io.hindsight.driver.spark.codec;

import io.hindsight.driver.step.ReductionTree;
import io.hindsight.driver.step.StepRequest;
import io.hindsight.driver.step.StepResult;
import io.hindsight.driver.step.StepResult.NonFinite;
import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.network.NetworkSpec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a step asks and what a task answers, as bytes. */
final class StepCodec {
  private StepCodec() {}

  static void write(DataOutput out, StepRequest request) throws IOException {
    out.writeLong(request.runId());
    out.writeLong(request.step());
    out.writeLong(request.epoch());
    out.writeLong(request.stepInEpoch());
    out.writeLong(request.weights());
    out.writeInt(request.truncation());
    writeCarried(out, request.carried());
  }

  static StepRequest readRequest(DataInput in, NetworkSpec spec) throws IOException {
    return new StepRequest(
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readInt(),
        readCarried(in, spec));
  }

  static void write(DataOutput out, StepResult result) throws IOException {
    out.writeLong(result.runId());
    out.writeLong(result.step());
    out.writeLong(result.weights());
    out.writeInt(result.firstShard());
    out.writeInt(result.shards());
    out.writeInt(result.nodes().size());
    for (ReductionTree.Node node : result.nodes()) {
      write(out, node);
    }
    writeCarried(out, result.carried());
    out.writeBoolean(result.nonFinite().isPresent());
    if (result.nonFinite().isPresent()) {
      out.writeInt(result.nonFinite().get().shard());
      ArrayCodec.writeText(out, result.nonFinite().get().where());
    }
    out.writeInt(result.sequences());
    out.writeLong(result.computeNanos());
  }

  static StepResult readResult(DataInput in, NetworkSpec spec) throws IOException {
    return new StepResult(
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readInt(),
        in.readInt(),
        readNodes(in),
        readCarried(in, spec),
        readNonFinite(in),
        in.readInt(),
        in.readLong());
  }

  private static void write(DataOutput out, ReductionTree.Node node) throws IOException {
    out.writeInt(node.level());
    out.writeInt(node.index());
    ArrayCodec.writeDoubles(out, node.sum().gradient());
    out.writeDouble(node.sum().loss());
    out.writeLong(node.sum().targets());
  }

  private static List<ReductionTree.Node> readNodes(DataInput in) throws IOException {
    List<ReductionTree.Node> nodes = new ArrayList<>();
    for (int count = in.readInt(); count > 0; count--) {
      int level = in.readInt();
      int index = in.readInt();
      double[] gradient = ArrayCodec.readDoubles(in);
      GradientSum sum = new GradientSum(gradient, in.readDouble(), in.readLong());
      nodes.add(new ReductionTree.Node(level, index, sum));
    }
    return nodes;
  }

  private static Optional<NonFinite> readNonFinite(DataInput in) throws IOException {
    return in.readBoolean()
        ? Optional.of(new NonFinite(in.readInt(), ArrayCodec.readText(in)))
        : Optional.empty();
  }

  private static void writeCarried(DataOutput out, Optional<CarriedState> carried)
      throws IOException {
    out.writeInt(carried.map(CarriedState::blocks).orElse(0));
    if (carried.isPresent()) {
      for (int layer = 0; layer < carried.get().layers(); layer++) {
        ArrayCodec.writeDoubles(out, carried.get().hidden(layer));
        ArrayCodec.writeDoubles(out, carried.get().cell(layer));
      }
    }
  }

  /** Bytes of the arrays of a state, which must be neither negative nor more than arrays hold. */
  private static long carriedBytes(int blocks, NetworkSpec spec) throws IOException {
    long bytes = 0;
    for (int units : spec.hidden()) {
      long numbers = (long) blocks * units * SequenceBatch.LANES;
      if (numbers < 0 || numbers > Integer.MAX_VALUE) {
        throw new IOException("malformed: a state of " + blocks + " blocks");
      }
      long arrays = numbers * (spec.cell().hasCellState() ? 2 : 1);
      bytes += 2 * Integer.BYTES + arrays * Double.BYTES;
    }
    return bytes;
  }

  private static Optional<CarriedState> readCarried(DataInput in, NetworkSpec spec)
      throws IOException {
    int blocks = in.readInt();
    if (blocks == 0) {
      return Optional.empty();
    }
    long bytes = carriedBytes(blocks, spec);
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
    for (int units : spec.hidden()) {
      int numbers = blocks * units * SequenceBatch.LANES;
      arrays.add(ArrayCodec.readExactly(in, numbers));
      arrays.add(ArrayCodec.readExactly(in, spec.cell().hasCellState() ? numbers : 0));
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
