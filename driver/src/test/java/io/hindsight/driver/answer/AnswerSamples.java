package io.hindsight.driver.answer;

import io.hindsight.datasets.LeftOut;
import io.hindsight.datasets.LeftOut.Reason;
import io.hindsight.datasets.columns.RowNumbers;
import io.hindsight.datasets.encoded.EncodedInput;
import io.hindsight.datasets.encoded.EncodedInput.Encoded;
import io.hindsight.datasets.encoded.EncodedInput.Omitted;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.encoding.Labels;
import io.hindsight.datasets.encoding.Scaling;
import io.hindsight.datasets.spec.Scale;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.driver.config.BpttConfig;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.network.GruCell;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.LayerSpec;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.network.RecurrentSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;

/** Small models with random weights, and sequences for them. */
public final class AnswerSamples {
  /** Windows of five steps, every two. */
  public static final BpttConfig CUT =
      new BpttConfig(OptionalInt.of(5), 2, false, Optional.empty());

  private static final int FEATURES = 3;

  private AnswerSamples() {}

  /** A model that answers changes of two columns from their present values. */
  public static AnsweringModel changes(BpttConfig bptt) {
    Scaling.Column one = new Scaling.Column("x", Scale.STANDARDIZE, 0.25, 3);
    Scaling.Column two = new Scaling.Column("y", Scale.LOG, -1, 0.5);
    Encoding.Table encoding =
        new Encoding.Table(
            List.of("a", "b", "c"),
            List.of("x", "y"),
            TargetKind.VALUE,
            1,
            true,
            false,
            Scaling.unfitted(List.of("a", "b", "c"), Scale.NONE),
            Optional.of(new Scaling(List.of(one, two))),
            Optional.empty());
    return model(encoding, new OutputSpec(2, Loss.SQUARED_ERROR, At.EVERY_STEP), bptt);
  }

  /** A model that answers the class of a sequence at its last step, or of its windows at theirs. */
  public static AnsweringModel classes(BpttConfig bptt) {
    Encoding.Table encoding =
        new Encoding.Table(
            List.of("a", "b", "c"),
            List.of("kind"),
            TargetKind.CLASS,
            0,
            false,
            true,
            Scaling.unfitted(List.of("a", "b", "c"), Scale.NONE),
            Optional.empty(),
            Optional.of(Labels.of(List.of("red", "green", "blue"))));
    return model(encoding, new OutputSpec(3, Loss.SOFTMAX_CROSS_ENTROPY, At.LAST_STEP), bptt);
  }

  private static AnsweringModel model(Encoding.Table encoding, OutputSpec output, BpttConfig bptt) {
    return model(
        NetworkSpec.plain(InputSpec.dense(FEATURES), new GruCell(), List.of(5, 4), output),
        encoding,
        bptt);
  }

  /** The same data as of a model, read from both ends of each window. */
  public static AnsweringModel bothWays(AnsweringModel model) {
    NetworkSpec one = model.network();
    List<LayerSpec> layers =
        one.layers().stream()
            .map(RecurrentSpec.class::cast)
            .<LayerSpec>map(
                layer ->
                    new RecurrentSpec(
                        layer.cell(),
                        layer.hidden(),
                        true,
                        layer.layerNorm(),
                        layer.residual(),
                        layer.noise()))
            .toList();
    return model(
        new NetworkSpec(one.input(), layers, one.output()), model.encoding(), model.bptt());
  }

  private static AnsweringModel model(NetworkSpec spec, Encoding.Table encoding, BpttConfig bptt) {
    ParameterLayout layout = new ParameterLayout(spec);
    double[] weights = new Random(7).doubles(layout.size(), -1, 1).toArray();
    return new AnsweringModel(new Parameters(layout, weights), encoding, bptt);
  }

  /** So many sequences of 1 to 40 steps; every fifth is left out. */
  public static List<EncodedInput> inputs(int count) {
    Random random = new Random(3);
    List<EncodedInput> inputs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = "s%04d".formatted(i);
      inputs.add(
          i % 5 == 4
              ? new Omitted(new LeftOut(id, i % 2 == 0 ? "" : "t9", Reason.TOO_SHORT, 1, 2))
              : encoded(id, 1 + random.nextInt(40), random));
    }
    return inputs;
  }

  /** A sequence that has more features than the models read. */
  public static EncodedInput tooWide(String id) {
    Sequence wide = Sequence.ofFeatures(id, new double[2 * (FEATURES + 1)], 2);
    return new Encoded(wide, List.of(), List.of(), RowNumbers.of(new double[6]));
  }

  private static Encoded encoded(String id, int steps, Random random) {
    Sequence sequence =
        Sequence.ofFeatures(id, random.doubles((long) steps * FEATURES).toArray(), steps);
    double[] series = random.doubles((steps + 1) * 2L, 0.5, 2).toArray();
    List<String> times = IntStream.range(1, steps + 1).mapToObj(t -> "t" + t).toList();
    List<String> later =
        IntStream.range(2, steps + 2).mapToObj(t -> t == 3 ? "" : "t" + t).toList();
    return new Encoded(sequence, times, later, RowNumbers.of(series));
  }

  /** All answers. */
  public static List<Answer> answers(AnsweringModel model, List<? extends EncodedInput> inputs) {
    List<Answer> answers = new ArrayList<>();
    new Answers(model, inputs.iterator()).forEachRemaining(answers::add);
    return answers;
  }
}
