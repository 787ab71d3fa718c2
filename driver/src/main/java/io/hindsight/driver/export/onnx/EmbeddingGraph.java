package io.hindsight.driver.export.onnx;

import io.hindsight.kernels.network.ParameterLayout.Block;
import io.hindsight.kernels.network.Parameters;
import java.util.Arrays;

/** The embedding tables of a network, whose rows are read by ids. */
final class EmbeddingGraph {
  private final Graph graph;
  private final Parameters parameters;

  EmbeddingGraph(Graph graph, Parameters parameters) {
    this.graph = graph;
    this.parameters = parameters;
  }

  /** The rows of the ids (B, T), or of those (B) of a sequence: a dimension more. */
  String rows(int table, String ids) {
    Block block = block(table);
    return graph.node("Gather", graph.constant(values(block), block.rows(), block.columns()), ids);
  }

  /** The same with zeros for the id −1: a row behind the last, which is what that index means. */
  String rowsOrNone(int table, String ids) {
    Block block = block(table);
    double[] values = values(block);
    double[] more = Arrays.copyOf(values, values.length + block.columns());
    return graph.node("Gather", graph.constant(more, block.rows() + 1L, block.columns()), ids);
  }

  private Block block(int table) {
    return parameters.layout().tables().get(table);
  }

  private double[] values(Block block) {
    return Arrays.copyOfRange(parameters.values(), block.offset(), block.end());
  }
}
