package io.hindsight.driver.score;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Figures of single targets and classes, by numbers worked by hand. */
class ScoresTest {
  private static final OutputSpec CLASSES = output(4, Loss.SOFTMAX_CROSS_ENTROPY);
  private static final OutputSpec LABELS = output(3, Loss.BINARY_CROSS_ENTROPY);

  @Test
  void shouldCountAnswersByClass() {
    // Class 2 is never answered, class 3 never true, and neither occurs right.
    int[] truth = {0, 0, 0, 0, 1, 1, 1, 2};
    int[] answers = {0, 0, 0, 1, 1, 1, 0, 3};
    Scores scores = merged(classes(truth, answers, 0, 5), classes(truth, answers, 5, 8));

    assertEquals(5 / 8.0, scores.accuracy());
    assertEquals(
        List.of(
            List.of(3L, 1L, 0L, 0L),
            List.of(1L, 2L, 0L, 0L),
            List.of(0L, 0L, 0L, 1L),
            List.of(0L, 0L, 0L, 0L)),
        scores.confusion());
    assertEquals(
        List.of(
            new ClassFigures(3 / 4.0, 3 / 4.0, 3 / 4.0, 4),
            new ClassFigures(2 / 3.0, 2 / 3.0, 4 / 6.0, 3),
            new ClassFigures(Double.NaN, 0, 0, 1),
            new ClassFigures(0, Double.NaN, 0, 0)),
        scores.figures());
    assertArrayEquals(new long[] {4, 3, 1, 0}, scores.support());
    assertEquals(4 / 8.0, new Majority(List.of(0)).accuracy(CLASSES, scores));
    assertEquals(1 / 8.0, new Majority(List.of(2)).accuracy(CLASSES, scores), "of another part");
  }

  @Test
  void shouldLeaveTheF1OfAClassThatDoesNotOccurUndefined() {
    Scores scores = classes(new int[] {0}, new int[] {1}, 0, 1);

    assertTrue(Double.isNaN(scores.figures().get(3).f1()));
    assertEquals(0, scores.figures().get(0).f1());
  }

  @Test
  void shouldCountEachOfSeveralLabels() {
    double[] truth = {1, 0, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1};
    double[][] answers = {{.9, .1, .2}, {.5, .49, .1}, {.2, .8, .7}, {.1, .2, .9}};
    Sequence sequence = Sequence.ofFeatures("s", new double[4], 4).withTargets(truth);
    Scores scores = new Scores(LABELS, Optional.empty());
    for (int t = 0; t < 4; t++) {
      scores.add(sequence, t, answers[t]);
    }

    assertEquals(
        List.of(
            new ClassFigures(1, 2 / 3.0, 4 / 5.0, 3),
            new ClassFigures(0, 0, 0, 1),
            new ClassFigures(1, 2 / 3.0, 4 / 5.0, 3)),
        scores.figures());
    assertEquals(List.of(), scores.confusion());
    assertEquals((3 + 2 + 3) / 12.0, scores.accuracy());
    // Always the first and the third: right 3, 3 and 3 times of 4.
    assertEquals(9 / 12.0, new Majority(List.of(0, 2)).accuracy(LABELS, scores));
  }

  @Test
  void shouldKeepTheErrorsOfTargetsApart() {
    OutputSpec output = output(2, Loss.SQUARED_ERROR);
    Sequence sequence =
        Sequence.ofFeatures("s", new double[2], 2).withTargets(new double[] {1, 1e6, 2, 3e6});
    Scores first = new Scores(output, Optional.empty());
    first.add(sequence, 0, new double[] {1.3, 1e6 - 3e5});
    Scores second = new Scores(output, Optional.empty());
    second.add(sequence, 1, new double[] {1.6, 3e6 + 4e5});
    Scores scores = new Scores(output, Optional.empty());
    scores.merge(first);
    scores.merge(second);

    assertEquals(Math.sqrt((0.09 + 0.16) / 2), scores.errors(0).rmse(), 1e-15);
    assertEquals(0.35, scores.errors(0).mae(), 1e-15);
    assertEquals(Math.sqrt((9e10 + 16e10) / 2), scores.errors(1).rmse(), 1e-9);
    assertEquals(3.5e5, scores.errors(1).mae(), 1e-9);
    assertEquals(Math.sqrt((0.25 + 25e10) / 4), scores.rmse(), 1e-9);
    assertEquals(List.of(), scores.figures());
  }

  @Test
  void shouldWriteTheMajorityAsText() {
    for (List<Integer> outputs : List.of(List.of(3), List.of(0, 2), List.<Integer>of())) {
      Majority majority = new Majority(outputs);
      assertEquals(Optional.of(majority), Majority.parse(majority.text()));
    }
    assertEquals(Optional.empty(), Majority.parse(null));
  }

  private static OutputSpec output(int size, Loss loss) {
    return new OutputSpec(size, loss, At.EVERY_STEP);
  }

  private static Scores merged(Scores first, Scores second) {
    Scores all = new Scores(CLASSES, Optional.empty());
    all.merge(first);
    all.merge(second);
    return all;
  }

  private static Scores classes(int[] truth, int[] answers, int from, int to) {
    Sequence sequence =
        Sequence.ofFeatures("s", new double[truth.length], truth.length).withClasses(truth);
    Scores scores = new Scores(CLASSES, Optional.empty());
    for (int t = from; t < to; t++) {
      double[] outputs = new double[4];
      outputs[answers[t]] = 1;
      scores.add(sequence, t, outputs);
    }
    return scores;
  }
}
