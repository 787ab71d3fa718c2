package io.hindsight.driver.export.onnx;

import io.hindsight.kernels.network.Activation;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.GruCell;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.ParameterLayout.Block;
import io.hindsight.kernels.network.ParameterLayout.LayerBlocks;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.network.RnnCell;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * A recurrent layer as one of ONNX's operators LSTM, GRU and RNN. They have their gates in the
 * orders i, o, f, c and z, r, h, where the parameters have i, f, g, o and r, z, n.
 */
final class OperatorLayer {
  private static final int[] LSTM_GATES = {0, 3, 1, 2};
  private static final int[] GRU_GATES = {1, 0, 2};
  private static final int[] RNN_GATES = {0};

  private final Graph graph;
  private final Parameters parameters;
  private final String lengths;

  OperatorLayer(Graph graph, Parameters parameters, String lengths) {
    this.graph = graph;
    this.parameters = parameters;
    this.lengths = lengths;
  }

  /** x (T, B, I) → h (T, B, directions · H). */
  String forward(List<LayerBlocks> directions, String x) {
    LayerBlocks first = directions.get(0);
    Cell cell = first.spec().cell();
    int rows = first.weightIh().rows();
    int many = directions.size();
    String w = matrices(directions, LayerBlocks::weightIh);
    String r = matrices(directions, LayerBlocks::weightHh);
    String b = graph.constant(biases(directions), many, 2L * rows);
    String steps =
        graph.node("Cast", List.of(lengths), Attribute.of("to", (long) OnnxMessages.INT32));
    String y =
        graph.node(
            cell.name().toUpperCase(Locale.ROOT),
            List.of(x, w, r, b, steps),
            attributes(cell, first.spec().hidden(), many));
    String sided = graph.transpose(y, 0, 2, 1, 3); // (T, directions, B, H) → (T, B, directions, H)
    return graph.node("Reshape", sided, graph.integers(0, 0, -1));
  }

  private static Attribute[] attributes(Cell cell, int hidden, int directions) {
    List<Attribute> attributes = new ArrayList<>();
    attributes.add(Attribute.of("hidden_size", hidden));
    attributes.add(Attribute.of("direction", directions == 2 ? "bidirectional" : "forward"));
    if (cell instanceof GruCell) {
      attributes.add(Attribute.of("linear_before_reset", 1));
    }
    if (cell instanceof RnnCell rnn) {
      String[] names = new String[directions];
      Arrays.fill(names, name(rnn.activation()));
      attributes.add(Attribute.ofEach("activations", names));
      if (rnn.activation() == Activation.IDENTITY) {
        float[] ones = new float[directions];
        Arrays.fill(ones, 1);
        attributes.add(Attribute.ofEach("activation_alpha", ones));
        attributes.add(Attribute.ofEach("activation_beta", new float[directions]));
      }
    }
    return attributes.toArray(Attribute[]::new);
  }

  private static String name(Activation activation) {
    return switch (activation) {
      case TANH -> "Tanh";
      case RELU -> "Relu";
      case SIGMOID -> "Sigmoid";
      case IDENTITY -> "Affine"; // 1·z + 0
    };
  }

  private static int[] gates(Cell cell) {
    return cell instanceof LstmCell ? LSTM_GATES : cell instanceof GruCell ? GRU_GATES : RNN_GATES;
  }

  /** One matrix of each direction, its gates in ONNX's order. */
  private String matrices(List<LayerBlocks> directions, Function<LayerBlocks, Block> of) {
    Block shape = of.apply(directions.get(0));
    double[] values = new double[directions.size() * shape.size()];
    for (int d = 0; d < directions.size(); d++) {
      put(values, d * shape.size(), directions.get(d), of.apply(directions.get(d)));
    }
    return graph.constant(values, directions.size(), shape.rows(), shape.columns());
  }

  private double[] biases(List<LayerBlocks> directions) {
    int rows = directions.get(0).weightIh().rows();
    double[] values = new double[directions.size() * 2 * rows];
    for (int d = 0; d < directions.size(); d++) {
      LayerBlocks layer = directions.get(d);
      put(values, 2 * d * rows, layer, layer.biasIh().orElseThrow());
      put(values, (2 * d + 1) * rows, layer, layer.biasHh().orElseThrow());
    }
    return values;
  }

  private void put(double[] into, int at, LayerBlocks layer, Block block) {
    int[] gates = gates(layer.spec().cell());
    int size = block.size() / gates.length;
    for (int g = 0; g < gates.length; g++) {
      int from = block.offset() + gates[g] * size;
      System.arraycopy(parameters.values(), from, into, at + g * size, size);
    }
  }
}
