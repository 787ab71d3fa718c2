package io.hindsight.driver.export.onnx;

import io.hindsight.kernels.math.NormOps;
import io.hindsight.kernels.network.NormBlocks.Affine;
import io.hindsight.kernels.network.ParameterLayout.Block;
import io.hindsight.kernels.network.Parameters;
import java.util.Arrays;
import java.util.List;

/**
 * Layer normalisation of rows: gain∘(v − mean)/√(var + ε) + bias. Plain operators, since ONNX's own
 * computes in single precision.
 */
final class NormGraph {
  private final Parameters parameters;

  NormGraph(Parameters parameters) {
    this.parameters = parameters;
  }

  /** v (…, n) → the same normalised. */
  String of(Graph graph, String v, Affine blocks) {
    String centred = graph.node("Sub", v, mean(graph, v));
    String variance = mean(graph, graph.node("Mul", centred, centred));
    String deviation =
        graph.node("Sqrt", graph.node("Add", variance, graph.constant(NormOps.EPSILON)));
    String normal = graph.node("Div", centred, deviation);
    String scaled = graph.node("Mul", normal, vector(graph, parameters, blocks.gain()));
    return graph.node("Add", scaled, vector(graph, parameters, blocks.bias()));
  }

  private static String mean(Graph graph, String v) {
    return graph.node("ReduceMean", List.of(v), Attribute.ofEach("axes", -1L));
  }

  /** A vector of the network. */
  static String vector(Graph graph, Parameters parameters, Block block) {
    double[] values = Arrays.copyOfRange(parameters.values(), block.offset(), block.end());
    return graph.constant(values, block.rows());
  }
}
