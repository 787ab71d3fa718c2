package io.hindsight.driver.export.onnx;

import io.hindsight.kernels.network.ParameterLayout.Block;
import io.hindsight.kernels.network.ParameterLayout.LayerBlocks;
import io.hindsight.kernels.network.Parameters;
import java.util.ArrayList;
import java.util.List;

/**
 * A recurrent layer as a loop ({@code Scan}) over plain operators: products with the input of all
 * steps at once, then step by step those with the state, and the cell. The direction from the end
 * reads each sequence reversed by its own length.
 */
final class ScanLayer {
  private final Graph graph;
  private final Parameters parameters;
  private final String lengths;

  ScanLayer(Graph graph, Parameters parameters, String lengths) {
    this.graph = graph;
    this.parameters = parameters;
    this.lengths = lengths;
  }

  /** x (T, B, I) → h (T, B, directions · H). */
  String forward(List<LayerBlocks> directions, String x) {
    List<String> each = new ArrayList<>();
    each.add(direction(directions.get(0), x));
    if (directions.size() > 1) {
      each.add(reversed(direction(directions.get(1), reversed(x))));
    }
    return graph.concat(2, each);
  }

  private String reversed(String x) {
    return graph.node(
        "ReverseSequence",
        List.of(x, lengths),
        Attribute.of("time_axis", 0),
        Attribute.of("batch_axis", 1));
  }

  private String direction(LayerBlocks layer, String x) {
    NormGraph norms = new NormGraph(parameters);
    String product = graph.node("MatMul", x, matrix(layer.weightIh()));
    String a =
        layer.norms().isPresent() ? norms.of(graph, product, layer.norms().get().input()) : product;
    if (layer.biasIh().isPresent()) {
      a = graph.node("Add", a, vector(layer.biasIh().get()));
    }
    boolean cellState = layer.spec().cell().hasCellState();
    ProtoMessage body = body(layer, norms);
    List<String> inputs = new ArrayList<>();
    String zero = zeroState(x, layer.spec().hidden());
    inputs.add(zero);
    if (cellState) {
      inputs.add(zero);
    }
    inputs.add(a);
    List<String> made =
        graph.nodes(
            "Scan",
            inputs.size(),
            inputs,
            Attribute.of("body", body),
            Attribute.of("num_scan_inputs", 1));
    return made.get(made.size() - 1);
  }

  private String matrix(Block block) {
    return graph.transposed(parameters.values(), block.offset(), block.rows(), block.columns());
  }

  private String vector(Block block) {
    return NormGraph.vector(graph, parameters, block);
  }

  /** Zeros (B, H). */
  private String zeroState(String x, int hidden) {
    String shape = graph.concat(0, List.of(graph.size(x, 1), graph.integers(hidden)));
    return graph.node("Expand", graph.constant(0), shape);
  }

  /** (h, c, a) → (h, c, h) of one step. */
  private ProtoMessage body(LayerBlocks layer, NormGraph norms) {
    Graph body = graph.body();
    String h = body.input("h");
    String c = layer.spec().cell().hasCellState() ? body.input("c") : "";
    String a = body.input("a");
    String product = body.node("MatMul", h, matrix(layer.weightHh()));
    String u =
        layer.norms().isPresent() ? norms.of(body, product, layer.norms().get().state()) : product;
    if (layer.biasHh().isPresent()) {
      u = body.node("Add", u, vector(layer.biasHh().get()));
    }
    CellGraph.State next = new CellGraph(body, layer, norms).next(new CellGraph.State(h, c), a, u);
    body.output(next.h());
    if (!c.isEmpty()) {
      body.output(next.c());
    }
    body.output(next.h());
    return body.message("step", false);
  }
}
