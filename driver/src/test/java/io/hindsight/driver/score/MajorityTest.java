package io.hindsight.driver.score;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.driver.data.RunData;
import io.hindsight.driver.run.TestRuns;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.network.InputSpec;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The most frequent answer of a training part, as its targets are placed. */
class MajorityTest {
  private static final String YAML =
      """
      data: {format: csv, path: x, inputs: [x], targets: [y], target-kind: %s}
      model: {cell: rnn, hidden: [2], output: {at: %s}}
      training: {steps: 1, optimizer: {type: sgd, learning-rate: 0.1}}
      """;

  @Test
  void shouldCountEveryStepOrTheLastOnesAsTheyAreTrained() {
    // Steps: 0 three times, 1 and 2 twice each. Last steps: 1 twice, 2 once.
    List<Sequence> training =
        List.of(classes("a", 0, 0, 2, 1), classes("b", 0, 1), classes("c", 2));

    assertEquals(List.of(0), majority("class", "every-step", training, 3));
    assertEquals(List.of(1), majority("class", "last-step", training, 3));
    assertEquals(
        List.of(0),
        majority("class", "last-step", training, 3, "training.bptt={window: 2}"),
        "each step is the last of a window");
  }

  @Test
  void shouldTakeTheFirstOfEquals() {
    List<Sequence> training = List.of(classes("a", 2, 1), classes("b", 1, 2));

    assertEquals(List.of(1), majority("class", "every-step", training, 3));
  }

  @Test
  void shouldTakeTheLabelsThatMoreThanHalfOfTheTargetsHave() {
    Sequence sequence =
        Sequence.ofFeatures("a", new double[4], 4)
            .withTargets(new double[] {1, 0, 1, 1, 0, 0, 0.5, 1, 0, 0, 1, 1});

    assertEquals(List.of(0), majority("multilabel", "every-step", List.of(sequence), 3));
  }

  @Test
  void shouldNotCountStepsWithoutATarget() {
    int none = Sequence.NO_CLASS;
    double nan = Sequence.NO_VALUE;
    Sequence labels =
        Sequence.ofFeatures("a", new double[3], 3).withTargets(new double[] {1, 0, nan, nan, 1, 0});

    assertEquals(
        List.of(1), majority("class", "every-step", List.of(classes("a", 0, none, 1, none, 1)), 2));
    assertEquals(List.of(0), majority("multilabel", "every-step", List.of(labels), 2));
  }

  @Test
  void shouldHaveNoneForValues() {
    Sequence sequence = Sequence.ofFeatures("a", new double[2], 2).withTargets(new double[] {1, 1});

    assertEquals(Optional.empty(), Majority.of(data("value", "every-step", List.of(sequence), 1)));
  }

  private static List<Integer> majority(
      String kind, String at, List<Sequence> training, int outputs, String... overrides) {
    return Majority.of(data(kind, at, training, outputs, overrides)).orElseThrow().outputs();
  }

  private static RunData data(
      String kind, String at, List<Sequence> training, int outputs, String... overrides) {
    EncodedData encoded =
        new EncodedData(
            InputSpec.dense(1),
            outputs,
            new EncodedData.Parts(training, List.of(), List.of()),
            new Encoding.Generated("made by hand", 1, 1, 1, TargetKind.CLASS),
            Optional.empty());
    return RunData.of(TestRuns.config(YAML.formatted(kind, at), overrides), encoded);
  }

  private static Sequence classes(String id, int... classes) {
    return Sequence.ofFeatures(id, new double[classes.length], classes.length).withClasses(classes);
  }
}
