package io.hindsight.driver.export.onnx;

import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.encoding.Scaling;
import io.hindsight.datasets.spec.Scale;
import io.hindsight.datasets.spec.Transform;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.kernels.network.OutputSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The scaling of a table's numbers, (v − shift) / divisor, and its inverse at the answers. Of a
 * table whose changes are read and answered, v is a change. Numbers of the time stay as they are.
 */
final class AffineScaling {
  private final Encoding.Table encoding;
  private final OutputSpec output;

  private AffineScaling(Encoding.Table encoding, OutputSpec output) {
    this.encoding = encoding;
    this.output = output;
  }

  /**
   * The scaling of an encoding.
   *
   * @param option that asks for it, for errors
   * @throws ConfigException telling all in it that is no scaling of this kind
   */
  static AffineScaling of(String option, Encoding encoding, OutputSpec output) {
    if (!(encoding instanceof Encoding.Table table)) {
      throw ConfigException.of(
          option, "only numbers of a table are scaled, and this model reads none; leave it out");
    }
    List<String> reasons = new ArrayList<>();
    if (!table.scaleBy().isTable()) {
      reasons.add("each sequence or row is scaled by itself (data.scale-by)");
    }
    if (!table.filling().isNone()) {
      reasons.add("missing values are filled in before (data.missing)");
    }
    columns(table)
        .filter(column -> !column.ofValue().equals(Transform.NONE))
        .forEach(column -> reasons.add("'%s' is transformed before".formatted(column.name())));
    if (!reasons.isEmpty()) {
      throw ConfigException.of(
          option,
          "a graph scales by a shift and a divisor alone, but %s; leave it out, and scale what the graph reads and answers"
              .formatted(String.join(", ", reasons)));
    }
    return new AffineScaling(table, output);
  }

  private static Stream<Scaling.Column> columns(Encoding.Table table) {
    return Stream.of(table.inputScaling(), table.side().numbers())
        .map(Scaling::columns)
        .map(List::stream)
        .reduce(Stream::concat)
        .map(
            inputs ->
                Stream.concat(
                    inputs, table.targetScaling().stream().flatMap(of -> of.columns().stream())))
        .orElseThrow();
  }

  /** The features of a step in words. */
  String inputs() {
    String names = ofFeatures().map(Scaling.Column::name).collect(Collectors.joining(", "));
    String more = encoding.timeSteps().inputs().areNone() ? "" : ", then numbers of the time";
    return (encoding.difference() ? "changes since the row before of " : "") + names + more;
  }

  /** The numbers of a sequence in words. */
  String statics() {
    return encoding.side().numbers().columns().stream()
        .map(Scaling.Column::name)
        .collect(Collectors.joining(", "));
  }

  /** The columns of the features, those that are known ahead at each horizon. */
  private Stream<Scaling.Column> ofFeatures() {
    Scaling scaling = encoding.inputScaling();
    int[] ahead = encoding.ofFuture();
    IntStream future =
        IntStream.range(0, ahead.length == 0 ? 0 : encoding.horizon().outputs())
            .flatMap(h -> Arrays.stream(ahead));
    return IntStream.concat(Arrays.stream(encoding.ofInputs()), future).mapToObj(scaling::column);
  }

  /** Features (B, T, F) → the same, scaled. */
  String ofInputs(Graph graph, String features) {
    List<Scaling.Column> columns = new ArrayList<>(ofFeatures().toList());
    while (columns.size() < encoding.features()) {
      columns.add(new Scaling.Column("", Scale.NONE, 0, 1));
    }
    return scaled(graph, features, columns);
  }

  /** Numbers of a sequence (B, S) → the same, scaled. */
  String ofStatics(Graph graph, String statics) {
    return scaled(graph, statics, encoding.side().numbers().columns());
  }

  /** A column that is constant has the divisor 0, and becomes 0. */
  private static String scaled(Graph graph, String values, List<Scaling.Column> columns) {
    int many = columns.size();
    double[] shifts = columns.stream().mapToDouble(Scaling.Column::shift).toArray();
    double[] divisors =
        columns.stream()
            .mapToDouble(c -> c.isConstant() ? Double.POSITIVE_INFINITY : c.divisor())
            .toArray();
    String shifted = graph.node("Sub", values, graph.constant(shifts, many));
    return graph.node("Div", shifted, graph.constant(divisors, many));
  }

  /** Answers (…, A) in the units of the network → in those of the table. */
  String ofAnswers(Graph graph, String answers) {
    if (!output.loss().targetsAreValues() || output.loss().targetsAreCounts()) {
      return answers;
    }
    Scaling scaling = encoding.targetScaling().orElseThrow();
    int each = output.parameters();
    int many = output.logits();
    double[] factors = new double[many];
    double[] shifts = new double[many];
    for (int i = 0; i < many; i++) {
      Scaling.Column column = scaling.column(i / each % scaling.size());
      boolean isFreedom = output.loss() == OutputSpec.Loss.STUDENT_T && i % each == 2;
      factors[i] = isFreedom ? 1 : column.divisor();
      shifts[i] = i % each < output.locations() ? column.shift() : 0;
    }
    String scaled = graph.node("Mul", answers, graph.constant(factors, many));
    return graph.node("Add", scaled, graph.constant(shifts, many));
  }

  /** The answers in words, beyond what they are of the network. */
  String answers() {
    return encoding.answersChanges()
        ? ", in the units of the table, as changes from the present row"
        : ", in the units of the table";
  }
}
