package io.hindsight.driver.spark.codec;

import io.hindsight.driver.step.ReductionTree;
import io.hindsight.driver.step.StepRequest;
import io.hindsight.driver.step.StepResult;
import io.hindsight.driver.step.StepResult.NonFinite;
import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.RowSums;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.TableRows;
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
    out.writeInt(request.backpropagation().truncation());
    out.writeDouble(request.backpropagation().deltaNorm());
    CarriedStateCodec.write(out, request.carried());
  }

  static StepRequest readRequest(DataInput in, NetworkSpec spec) throws IOException {
    return new StepRequest(
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        new Backpropagation(in.readInt(), in.readDouble()),
        CarriedStateCodec.read(in, spec));
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
    CarriedStateCodec.write(out, result.carried());
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
        readNodes(in, new ParameterLayout(spec).rows()),
        CarriedStateCodec.read(in, spec),
        readNonFinite(in),
        in.readInt(),
        in.readLong());
  }

  private static void write(DataOutput out, ReductionTree.Node node) throws IOException {
    out.writeInt(node.level());
    out.writeInt(node.index());
    ArrayCodec.writeDoubles(out, node.sum().gradient());
    ArrayCodec.writeInts(out, node.sum().rows().rows());
    ArrayCodec.writeDoubles(out, node.sum().rows().elements());
    out.writeDouble(node.sum().loss());
    out.writeDouble(node.sum().weight());
    out.writeLong(node.sum().targets());
  }

  private static List<ReductionTree.Node> readNodes(DataInput in, TableRows tables)
      throws IOException {
    List<ReductionTree.Node> nodes = new ArrayList<>();
    for (int count = in.readInt(); count > 0; count--) {
      int level = in.readInt();
      int index = in.readInt();
      double[] gradient = ArrayCodec.readDoubles(in);
      RowSums rows = RowSums.of(tables, ArrayCodec.readInts(in), ArrayCodec.readDoubles(in));
      GradientSum sum =
          new GradientSum(gradient, rows, in.readDouble(), in.readDouble(), in.readLong());
      nodes.add(new ReductionTree.Node(level, index, sum));
    }
    return nodes;
  }

  private static Optional<NonFinite> readNonFinite(DataInput in) throws IOException {
    return in.readBoolean()
        ? Optional.of(new NonFinite(in.readInt(), ArrayCodec.readText(in)))
        : Optional.empty();
  }
}
