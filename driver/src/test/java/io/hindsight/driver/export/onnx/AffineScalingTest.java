package io.hindsight.driver.export.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.columns.SideColumns;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.encoding.Scaling;
import io.hindsight.datasets.encoding.SideEncoding;
import io.hindsight.datasets.missing.Filling;
import io.hindsight.datasets.spec.Horizon;
import io.hindsight.datasets.spec.Horizon.Strategy;
import io.hindsight.datasets.spec.Scale;
import io.hindsight.datasets.spec.ScaleBy;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.datasets.time.TimeSteps;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.export.ExportedNetworks;
import io.hindsight.driver.model.StoredModel;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Statics;
import io.hindsight.kernels.network.GruCell;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.output.LossOptions;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AffineScalingTest {
  private static final Scaling.Column A = new Scaling.Column("a", Scale.STANDARDIZE, 40, 8);
  private static final Scaling.Column B = new Scaling.Column("b", Scale.MINMAX, 3, 0); // constant
  private static final Scaling.Column PRICE = new Scaling.Column("price", Scale.ROBUST, -2, 0.5);
  private static final Scaling.Column AREA = new Scaling.Column("area", Scale.STANDARDIZE, 9, 3);
  private static final Scaling TARGETS =
      new Scaling(
          List.of(
              new Scaling.Column("y", Scale.STANDARDIZE, 5, 4),
              new Scaling.Column("z", Scale.NONE, 0, 1)));

  /** A forecast of two columns at two steps ahead, with a column that is known ahead. */
  private static Encoding.Table table(Scaling inputs, ScaleBy scaleBy, Strategy strategy) {
    SideEncoding side =
        new SideEncoding(
            List.of(),
            new Scaling(List.of(AREA)),
            List.of(),
            SideEncoding.unfitted(SideColumns.NONE, Scale.NONE).weights(),
            List.of("price"));
    return new Encoding.Table(
        List.of("a", "b"),
        List.of("y", "z"),
        TargetKind.VALUE,
        new Horizon(2, strategy),
        false,
        false,
        inputs,
        Optional.of(TARGETS),
        Optional.empty(),
        TimeSteps.ROWS,
        side,
        Filling.NONE,
        scaleBy);
  }

  private static Encoding.Table usual() {
    return table(new Scaling(List.of(A, B, PRICE)), ScaleBy.TABLE, Strategy.DIRECT);
  }

  private static StoredModel model(Loss loss) {
    LossOptions options =
        loss == Loss.PINBALL ? LossOptions.ofQuantiles(List.of(0.1, 0.5, 0.9)) : LossOptions.NONE;
    return ExportedNetworks.model(
        NetworkSpec.plain(
            InputSpec.dense(4, 1, List.of()),
            new GruCell(),
            List.of(9),
            new OutputSpec(4, loss, At.EVERY_STEP, options)),
        5);
  }

  @ParameterizedTest
  @EnumSource(
      value = Loss.class,
      names = {"SQUARED_ERROR", "PINBALL", "GAUSSIAN", "STUDENT_T", "POISSON"})
  void shouldReadAndAnswerNumbersOfTheTable(Loss loss) throws Exception {
    StoredModel model = model(loss);
    Random random = new Random(3);
    double[] raw = random.doubles(6 * 4, -50, 50).toArray();
    double area = 17;
    double[] expected = ExportedNetworks.answers(model, sequence(scaled(raw), (area - 9) / 3));
    double[] inUnits = inUnits(model.network().output(), expected);
    ByteArrayOutputStream graph = new ByteArrayOutputStream();
    new OnnxExport(model, usual(), Precision.DOUBLE, true).message("test").writeTo(graph);
    InputSpec input = model.network().input();
    try (OnnxRun run = new OnnxRun(graph.toByteArray(), input, Precision.DOUBLE)) {
      double[] answers = run.answers(List.of(sequence(raw, area))).get(0);
      double deviation = ExportedNetworks.deviation(inUnits, answers);
      assertTrue(deviation <= 1e-12, loss + " deviates by " + deviation);
    }
  }

  private static Sequence sequence(double[] features, double area) {
    return Sequence.ofFeatures("s", features, 6)
        .withStatics(new Statics(new double[] {area}, new int[0]));
  }

  private static double[] scaled(double[] raw) {
    List<Scaling.Column> columns = List.of(A, B, PRICE, PRICE);
    double[] scaled = new double[raw.length];
    for (int i = 0; i < raw.length; i++) {
      scaled[i] = columns.get(i % 4).normalize(raw[i]);
    }
    return scaled;
  }

  private static double[] inUnits(OutputSpec output, double[] answers) {
    int each = output.parameters();
    double[] units = answers.clone();
    for (int i = 0; i < units.length && !output.loss().targetsAreCounts(); i++) {
      Scaling.Column column = TARGETS.column(i / each % 2);
      boolean isLocation = output.loss() == Loss.PINBALL || i % each == 0;
      if (isLocation) {
        units[i] = column.denormalize(answers[i]);
      } else if (i % each == 1) {
        units[i] = answers[i] * column.divisor();
      }
    }
    return units;
  }

  @Test
  void shouldRefuseWhatIsNoShiftAndDivisorTellingAll() {
    Scaling.Column log = new Scaling.Column("b", Scale.LOG, 0, 1);
    Encoding.Table other =
        table(new Scaling(List.of(A, log, PRICE)), ScaleBy.SEQUENCE, Strategy.DIRECT);
    assertEquals(
        "--with-scaling: a graph scales by a shift and a divisor alone, but each sequence or row is scaled"
            + " by itself (data.scale-by), 'b' is transformed before; leave it out, and scale what"
            + " the graph reads and answers",
        refusal(other, true));
    assertEquals(
        "--with-scaling: only numbers of a table are scaled, and this model reads none; leave it"
            + " out",
        refusal(new Encoding.Generated("adding", 9, 2, 1, TargetKind.VALUE), true));
  }

  @Test
  void shouldRefuseAModelThatReadsItsAnswers() {
    Scaling inputs = new Scaling(List.of(A, B, PRICE));
    Encoding.Table recursive = table(inputs, ScaleBy.TABLE, Strategy.RECURSIVE);
    assertEquals(
        "--onnx: the model reads its own answers to go on (data.strategy: recursive), which a graph"
            + " that reads a whole sequence cannot; train with data.strategy: direct, or use"
            + " predict",
        refusal(recursive, false));
  }

  private static String refusal(Encoding encoding, boolean withScaling) {
    StoredModel model = model(Loss.SQUARED_ERROR);
    return assertThrows(
            ConfigException.class,
            () -> new OnnxExport(model, encoding, Precision.FLOAT, withScaling))
        .getMessage();
  }
}
