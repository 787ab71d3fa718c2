package io.hindsight.driver.export.onnx;

import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.ParameterLayout.Block;
import io.hindsight.kernels.network.Parameters;
import java.util.ArrayList;
import java.util.List;

/** From the top layer's h (…, H) to answers (…, A). */
final class AnswerGraph {
  private final Graph graph;
  private final Parameters parameters;
  private final OutputSpec output;

  AnswerGraph(Graph graph, Parameters parameters) {
    this.graph = graph;
    this.parameters = parameters;
    output = parameters.layout().spec().output();
  }

  /** Answers in the units of the network. */
  String answers(String h) {
    Block weight = parameters.layout().outWeight();
    String matrix =
        graph.transposed(parameters.values(), weight.offset(), weight.rows(), weight.columns());
    String bias = NormGraph.vector(graph, parameters, parameters.layout().outBias());
    String z = graph.node("Add", graph.node("MatMul", h, matrix), bias);
    return switch (output.loss()) {
      case SQUARED_ERROR -> z;
      case SOFTMAX_CROSS_ENTROPY, CTC ->
          graph.node("Softmax", List.of(z), Attribute.of("axis", -1));
      case BINARY_CROSS_ENTROPY -> graph.node("Sigmoid", z);
      case PINBALL -> sorted(z);
      case GAUSSIAN, STUDENT_T, NEGATIVE_BINOMIAL, POISSON -> parameters(z);
      case CUMULATIVE_LOGITS -> ordered(z);
    };
  }

  /** In words. */
  String words() {
    return switch (output.loss()) {
      case SQUARED_ERROR -> "one number for each element of a target";
      case SOFTMAX_CROSS_ENTROPY, CUMULATIVE_LOGITS -> "the probability of each class";
      case CTC -> "the probability of each label and, last, of the blank; strings are not decoded";
      case BINARY_CROSS_ENTROPY -> "the probability of each label";
      case PINBALL -> "for each element of a target its quantiles " + output.options().quantiles();
      case GAUSSIAN -> "for each element of a target mu, sigma";
      case STUDENT_T -> "for each element of a target mu, sigma, nu";
      case NEGATIVE_BINOMIAL -> "for each element of a target mean m, alpha; variance m + alpha m²";
      case POISSON -> "for each element of a target its mean";
    };
  }

  /** The P values of each element in ascending order. */
  private String sorted(String z) {
    long each = output.parameters();
    long[] shape =
        output.at() == At.LAST_STEP ? new long[] {0, -1, each} : new long[] {0, 0, -1, each};
    String elements = graph.node("Reshape", z, graph.integers(shape));
    List<String> top =
        graph.nodes("TopK", 2, List.of(elements, graph.integers(each)), Attribute.of("largest", 0));
    long[] flat = output.at() == At.LAST_STEP ? new long[] {0, -1} : new long[] {0, 0, -1};
    return graph.node("Reshape", top.get(0), graph.integers(flat));
  }

  /** Those that are positive are factor · softplus(z) + least. */
  private String parameters(String z) {
    int many = output.logits();
    double[] factors = new double[many];
    double[] least = new double[many];
    double[] free = new double[many]; // 1 where z is the parameter itself
    int each = output.parameters();
    for (int i = 0; i < many; i++) {
      boolean first = i % each == 0;
      boolean counts = output.loss().targetsAreCounts();
      free[i] = first && !counts ? 1 : 0;
      factors[i] = first && counts ? output.scale(i / each) : 1;
      least[i] = counts || first ? 0 : i % each == 1 ? 1e-6 : 2;
    }
    String scaled = graph.node("Mul", softplus(z), graph.constant(factors, many));
    String positive = graph.node("Add", scaled, graph.constant(least, many));
    String isFree = graph.node("Greater", graph.constant(free, many), graph.constant(0));
    return graph.node("Where", isFree, z, positive);
  }

  /**
   * max(z, 0) + log1p(e), e = exp(−|z|), where log1p(e) = log(w)·e/(w − 1) with w = 1 + e, or e.
   */
  private String softplus(String z) {
    String one = graph.constant(1);
    String e = graph.node("Exp", graph.node("Neg", graph.node("Abs", z)));
    String w = graph.node("Add", e, one);
    String rest = graph.node("Sub", w, one);
    String slope = graph.node("Div", graph.node("Log", w), rest);
    String isSmall = graph.node("Equal", rest, graph.constant(0));
    String log = graph.node("Where", isSmall, e, graph.node("Mul", slope, e));
    return graph.node("Add", graph.node("Relu", z), log);
  }

  /** θ₀ = z₀, θ_k = θ_{k−1} − softplus(z_k), P(y > k) = σ(θ_k). */
  private String ordered(String z) {
    int axis = output.at() == At.LAST_STEP ? 1 : 2;
    int thresholds = output.logits();
    String first = graph.slice(z, axis, 0, 1);
    List<String> classes = new ArrayList<>();
    classes.add(graph.node("Sigmoid", graph.node("Neg", first)));
    String theta = first;
    if (thresholds > 1) {
      String gaps = graph.slice(z, axis, 1, thresholds);
      String fallen = graph.node("CumSum", softplus(gaps), graph.integer(axis));
      theta = graph.concat(axis, List.of(first, graph.node("Sub", first, fallen)));
      String above = graph.node("Sigmoid", graph.slice(theta, axis, 0, thresholds - 1L));
      String below =
          graph.node("Sigmoid", graph.node("Neg", graph.slice(theta, axis, 1, thresholds)));
      String within = graph.node("Mul", above, below);
      classes.add(graph.node("Mul", within, graph.node("Sigmoid", gaps)));
    }
    classes.add(graph.node("Sigmoid", graph.slice(theta, axis, thresholds - 1L, thresholds)));
    return graph.concat(axis, classes);
  }
}
