package io.hindsight.driver.export.onnx;

import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.ParameterLayout.LayerBlocks;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.network.RecurrentSpec;
import java.util.List;

/**
 * The recurrent layers of a network, each from x (T, B, I) to h (T, B, directions · H). Dropout is
 * of training alone.
 */
final class LayerGraph {
  private final Graph graph;
  private final NetworkSpec network;
  private final Parameters parameters;
  private final String lengths; // (B)

  LayerGraph(Graph graph, NetworkSpec network, Parameters parameters, String lengths) {
    this.graph = graph;
    this.network = network;
    this.parameters = parameters;
    this.lengths = lengths;
  }

  /** What the output reads, batch first: (B, T, H), or of the last step (B, H). */
  String top(String x) {
    String h = x;
    int first = 0; // among the directions of all layers
    for (RecurrentSpec layer : network.recurrent()) {
      List<LayerBlocks> directions =
          parameters.layout().layers().subList(first, first + layer.directions());
      String made = layer(layer, directions, h);
      h = layer.residual() ? graph.node("Add", h, made) : made;
      first += layer.directions();
    }
    return network.output().at() == At.LAST_STEP ? last(h) : graph.transpose(h, 1, 0, 2);
  }

  private String layer(RecurrentSpec layer, List<LayerBlocks> directions, String x) {
    boolean plain = !layer.layerNorm() && !layer.noise().hasZoneout();
    return plain && graph.precision() == Precision.FLOAT
        ? new OperatorLayer(graph, parameters, lengths).forward(directions, x)
        : new ScanLayer(graph, parameters, lengths).forward(directions, x);
  }

  /** The states that the directions of the top layer end with. */
  private String last(String h) {
    List<RecurrentSpec> layers = network.recurrent();
    RecurrentSpec top = layers.get(layers.size() - 1);
    String end = atEnd(h);
    if (!top.bidirectional()) {
      return end;
    }
    String forward = graph.slice(end, 1, 0, top.hidden());
    String first = graph.node("Gather", h, graph.integer(0));
    String backward = graph.slice(first, 1, top.hidden(), 2L * top.hidden());
    return graph.concat(1, List.of(forward, backward));
  }

  /** Of each sequence its last step: (T, B, H) → (B, H). */
  private String atEnd(String h) {
    String one = graph.integers(1);
    String steps = graph.node("Unsqueeze", graph.node("Sub", lengths, one), one);
    String batch = graph.node("Squeeze", graph.size(lengths, 0));
    String lanes = graph.node("Range", graph.integer(0), batch, graph.integer(1));
    String places = graph.concat(1, List.of(steps, graph.node("Unsqueeze", lanes, one)));
    return graph.node("GatherND", h, places);
  }
}
