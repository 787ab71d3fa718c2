package io.hindsight.driver.export.onnx;

import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a graph reads, batch first, and x (T, B, I) made of it. */
final class InputGraph {
  private static final String BATCH = "batch";
  private static final String STEPS = "steps";

  private final Graph graph;
  private final InputSpec input;
  private final EmbeddingGraph tables;
  private final Optional<AffineScaling> scaling;

  /**
   * Of a network.
   *
   * @param scaling of what is read; absent if it is scaled already
   */
  InputGraph(
      Graph graph, NetworkSpec network, Parameters parameters, Optional<AffineScaling> scaling) {
    this.graph = graph;
    this.input = network.input();
    tables = new EmbeddingGraph(graph, parameters);
    this.scaling = scaling;
  }

  /** The lengths of the sequences (B), which every graph reads last. */
  String lengths() {
    return graph.input(
        "lengths",
        OnnxMessages.INT64,
        List.of(BATCH),
        "steps of each sequence; answers from there on mean nothing");
  }

  /** x. */
  String x() {
    return graph.transpose(input.isTokens() ? tokens() : composed(), 1, 0, 2);
  }

  private String tokens() {
    String tokens =
        graph.input(
            "tokens",
            OnnxMessages.INT64,
            List.of(BATCH, STEPS),
            "ids below %d, -1 for none".formatted(input.features()));
    if (input.isEmbedded()) {
      return tables.rowsOrNone(0, tokens);
    }
    String hot =
        graph.node(
            "OneHot",
            List.of(tokens, graph.integer(input.features() + 1L), bounds()),
            Attribute.of("axis", -1));
    String numbers = graph.node("Cast", List.of(hot), Attribute.of("to", graph.precision().type()));
    return graph.slice(numbers, 2, 0, input.features());
  }

  private String bounds() {
    return graph.integers(0, 1);
  }

  private String composed() {
    List<String> parts = new ArrayList<>();
    String steps = null; // what has the number of steps
    if (input.ownNumbers() > 0 || input.stepCategories() == 0) {
      steps = features();
      parts.add(steps);
    }
    if (input.stepCategories() > 0) {
      String ids = categories();
      steps = steps == null ? ids : steps;
      for (int k = 0; k < input.stepCategories(); k++) {
        parts.add(tables.rows(k, graph.node("Gather", List.of(ids, graph.integer(k)), axis(2))));
      }
    }
    if (input.isComposed()) {
      parts.addAll(ofSequence(atEachStep(steps)));
    }
    return graph.concat(2, parts);
  }

  private String features() {
    String features =
        graph.input(
            "features",
            graph.precision().type(),
            List.of(BATCH, STEPS, input.ownNumbers()),
            scaling.map(AffineScaling::inputs).orElse("numbers of each step, scaled"));
    return scaling.map(of -> of.ofInputs(graph, features)).orElse(features);
  }

  private String categories() {
    return graph.input(
        "categories",
        OnnxMessages.INT64,
        List.of(BATCH, STEPS, input.stepCategories()),
        "ids of each step");
  }

  private static Attribute axis(int axis) {
    return Attribute.of("axis", axis);
  }

  /** The shape (1, T, 1). */
  private String atEachStep(String steps) {
    String one = graph.integers(1);
    return graph.concat(0, List.of(one, graph.size(steps, 1), one));
  }

  private List<String> ofSequence(String shape) {
    List<String> parts = new ArrayList<>();
    if (input.statics() > 0) {
      String statics =
          graph.input(
              "statics",
              graph.precision().type(),
              List.of(BATCH, input.statics()),
              scaling.map(AffineScaling::statics).orElse("numbers of each sequence, scaled"));
      parts.add(scaling.map(of -> of.ofStatics(graph, statics)).orElse(statics));
    }
    if (input.sequenceCategories() > 0) {
      String ids =
          graph.input(
              "static_categories",
              OnnxMessages.INT64,
              List.of(BATCH, input.sequenceCategories()),
              "ids of each sequence");
      for (int k = input.stepCategories(); k < input.tables().size(); k++) {
        String own = graph.integer(k - input.stepCategories());
        parts.add(tables.rows(k, graph.node("Gather", List.of(ids, own), axis(1))));
      }
    }
    return parts.stream().map(part -> expanded(part, shape)).toList();
  }

  /** (B, n) → (B, T, n). */
  private String expanded(String value, String shape) {
    return graph.node("Expand", graph.node("Unsqueeze", value, graph.integers(1)), shape);
  }
}
