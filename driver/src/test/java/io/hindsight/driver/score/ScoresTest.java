package io.hindsight.driver.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.score.kind.ClassFigures;
import io.hindsight.driver.score.kind.TrainedClasses;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Figures of single targets and classes, by numbers worked by hand. */
class ScoresTest {
  private static final OutputSpec CLASSES = output(4, Loss.SOFTMAX_CROSS_ENTROPY);
  private static final OutputSpec LABELS = output(3, Loss.BINARY_CROSS_ENTROPY);

  private static final ScoreRule FURTHER = ScoreRule.further(Optional.empty());

  @Test
  void shouldCountAnswersByClass() {
    // Class 2 is never answered, class 3 never true, and neither occurs right.
    int[] truth = {0, 0, 0, 0, 1, 1, 1, 2};
    int[] answers = {0, 0, 0, 1, 1, 1, 0, 3};
    Scores scores = merged(classes(truth, answers, 0, 5), classes(truth, answers, 5, 8));

    assertEquals(5 / 8.0, usual(scores).get("accuracy"));
    assertEquals(
        List.of(
            List.of(3L, 1L, 0L, 0L),
            List.of(1L, 2L, 0L, 0L),
            List.of(0L, 0L, 0L, 1L),
            List.of(0L, 0L, 0L, 0L)),
        scores.kind().confusion());
    assertEquals(
        List.of(
            new ClassFigures(3 / 4.0, 3 / 4.0, 3 / 4.0, 4),
            new ClassFigures(2 / 3.0, 2 / 3.0, 4 / 6.0, 3),
            new ClassFigures(Double.NaN, 0, 0, 1),
            new ClassFigures(0, Double.NaN, 0, 0)),
        scores.kind().figures());
    assertEquals(4 / 8.0, new Majority(List.of(0)).accuracy(scores));
    assertEquals(1 / 8.0, new Majority(List.of(2)).accuracy(scores), "of another part");
  }

  @Test
  void shouldLeaveTheF1OfAClassThatDoesNotOccurUndefined() {
    Scores scores = classes(new int[] {0}, new int[] {1}, 0, 1);

    assertTrue(Double.isNaN(scores.kind().figures().get(3).f1()));
    assertEquals(0, scores.kind().figures().get(0).f1());
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
        scores.kind().figures());
    assertEquals(List.of(), scores.kind().confusion());
    assertEquals((3 + 2 + 3) / 12.0, usual(scores).get("accuracy"));
    // Always the first and the third: right 3, 3 and 3 times of 4.
    assertEquals(9 / 12.0, new Majority(List.of(0, 2)).accuracy(scores));
  }

  @Test
  void shouldAverageTheLogLossOverAnyParts() {
    double[][] answers = {{.5, .25, .125, .125}, {.1, .2, .3, .4}, {0, 1, 0, 0}};
    Sequence classes = Sequence.ofFeatures("s", new double[3], 3).withClasses(new int[] {1, 3, 0});
    Sequence labels =
        Sequence.ofFeatures("s", new double[3], 3)
            .withTargets(new double[] {1, 0, 0.25, 0, Sequence.NO_VALUE, 1, 0, 1, 0});
    for (int cut = 0; cut <= 3; cut++) {
      Scores first = new Scores(CLASSES, Optional.empty(), FURTHER);
      Scores second = new Scores(CLASSES, Optional.empty(), FURTHER);
      Scores ofLabels = new Scores(LABELS, Optional.empty(), FURTHER);
      Scores others = new Scores(LABELS, Optional.empty(), FURTHER);
      for (int t = 0; t < 3; t++) {
        (t < cut ? first : second).add(classes, t, answers[t]);
        (t < cut ? ofLabels : others).add(labels, t, Arrays.copyOf(answers[t], 3));
      }
      first.merge(second);
      ofLabels.merge(others);
      // A probability of 0 is taken for 2^-1022.
      double sum = Math.log(4) - Math.log(.4) + 1022 * Math.log(2);
      assertEquals(sum / 3, first.kind().logLoss(), 1e-12);
      double labelled = -Math.log(.5) - Math.log(.75) - Math.log(.9) - Math.log(.3);
      labelled -= .25 * Math.log(.125) + .75 * Math.log(.875);
      assertEquals(labelled / 8, ofLabels.kind().logLoss(), 1e-12);
    }
    assertTrue(Double.isNaN(new Scores(CLASSES, Optional.empty()).kind().logLoss()));
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

    assertEquals(Math.sqrt((0.09 + 0.16) / 2), scores.kind().errors(2).get(0).rmse(), 1e-15);
    assertEquals(0.35, scores.kind().errors(2).get(0).mae(), 1e-15);
    assertEquals(Math.sqrt((9e10 + 16e10) / 2), scores.kind().errors(2).get(1).rmse(), 1e-9);
    assertEquals(3.5e5, scores.kind().errors(2).get(1).mae(), 1e-9);
    assertEquals(Math.sqrt((0.25 + 25e10) / 4), usual(scores).get("rmse"), 1e-9);
    assertEquals(List.of(), scores.kind().figures());
  }

  @Test
  void shouldWriteTheMajorityAsText() {
    for (List<Integer> outputs : List.of(List.of(3), List.of(0, 2), List.<Integer>of())) {
      Majority majority = new Majority(outputs);
      assertEquals(Optional.of(majority), Majority.parse(majority.text()));
    }
    assertEquals(Optional.empty(), Majority.parse(null));
  }

  @Test
  void shouldRateLabelsOneByOneAndAllTogether() {
    double[] truth = {1, 0, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1};
    double[][] answers = {{.9, .1, .2}, {.5, .49, .1}, {.2, .8, .7}, {.9, .2, .9}};
    Scores scores = new Scores(LABELS, Optional.empty(), FURTHER);
    Sequence sequence = Sequence.ofFeatures("s", new double[4], 4).withTargets(truth);
    for (int t = 0; t < 4; t++) {
      scores.add(sequence, t, answers[t]);
    }
    SortedMap<String, Double> further = further(scores);

    // Wrong: the third of the first, the second of the third and of the last.
    assertEquals(3 / 12.0, further.get("hamming_loss"));
    assertEquals(1 / 4.0, further.get("subset_accuracy"));
    // In order: .9, .5 and .9 above .2; of .2 above .1, .49 and .8; .2, .7 and .9 above .1.
    assertEquals(
        List.of(3 / 3.0, 1 / 3.0, 3 / 3.0),
        scores.kind().figures().stream().map(ClassFigures::rocAuc).toList());
    assertEquals((1 + 1 / 3.0 + 1) / 3, further.get("roc_auc"));
  }

  @Test
  void shouldRateThreeClassesEachAgainstTheOthers() {
    int[] truth = {0, 0, 1, 2, 2, 1};
    double[][] p = {
      {.6, .3, .1}, {.2, .5, .3}, {.1, .7, .2}, {.3, .3, .4}, {.1, .6, .3}, {.5, .3, .2}
    };
    OutputSpec three = output(3, Loss.SOFTMAX_CROSS_ENTROPY);
    Scores scores = new Scores(three, Optional.empty(), FURTHER);
    Sequence sequence = Sequence.ofFeatures("s", new double[6], 6).withClasses(truth);
    double auc = 0;
    double brier = 0;
    for (int c = 0; c < 3; c++) {
      double pairs = 0;
      double ordered = 0;
      for (int i = 0; i < 6; i++) {
        brier += Math.pow(p[i][c] - (truth[i] == c ? 1 : 0), 2) / 6;
        for (int j = 0; j < 6; j++) {
          if (truth[i] == c && truth[j] != c) {
            pairs++;
            ordered += p[i][c] > p[j][c] ? 1 : p[i][c] == p[j][c] ? 0.5 : 0;
          }
        }
      }
      auc += ordered / pairs / 3;
    }
    for (int t = 0; t < 6; t++) {
      scores.add(sequence, t, p[t]);
    }
    SortedMap<String, Double> further = further(scores);

    assertEquals(auc, further.get("roc_auc"), 1e-15);
    assertEquals(brier, further.get("brier"), 1e-15);
    // Answers 0 1 1 2 1 0: recall 1/2 each; F1 2·1/(2+2), 2·1/(3+2), 2·1/(1+2).
    assertEquals(0.5, further.get("balanced_accuracy"), 1e-15);
    assertEquals((0.5 + 0.4 + 2 / 3.0) / 3, further.get("f1_macro"), 1e-15);
    // r = 3, n = 6, Σ a·s = 2·2 + 3·2 + 1·2 = 12, Σ a² = 14, Σ s² = 12.
    assertEquals((18 - 12) / Math.sqrt(22 * 24.0), further.get("mcc"), 1e-15);
    // Of probability .6 one of two is right, of .5 none of two, .7 and .4 are right.
    double gap = Math.abs(1 - 1.2) + Math.abs(0 - 1.0) + Math.abs(1 - .7) + Math.abs(1 - .4);
    assertEquals(gap / 6, further.get("calibration_error"), 1e-15);
  }

  @Test
  void shouldReachTheSameFurtherFiguresFromAnySevenParts() {
    Random random = new Random(4);
    for (OutputSpec output : List.of(CLASSES, LABELS, output(2, Loss.SQUARED_ERROR))) {
      List<Sequence> targets = new ArrayList<>();
      List<double[]> answers = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        double[] p = random.doubles(output.size()).toArray();
        double[] truth = random.doubles(output.size()).map(StrictMath::rint).toArray();
        Sequence one = Sequence.ofFeatures("s" + i, new double[1], 1);
        boolean classes = output.loss() == Loss.SOFTMAX_CROSS_ENTROPY;
        targets.add(classes ? one.withClasses(new int[] {i % 4}) : one.withTargets(truth));
        answers.add(p);
      }
      SortedMap<String, Double> whole = further(sum(output, targets, answers, 0, 1));
      List<Scores> parts = new ArrayList<>();
      for (int part = 0; part < 7; part++) {
        parts.add(sum(output, targets, answers, part, 7));
      }
      Collections.shuffle(parts, random);
      Scores merged = new Scores(output, Optional.empty(), FURTHER);
      parts.forEach(merged::merge);

      assertTrue(whole.size() > 3, whole.toString());
      assertEquals(whole, further(merged));
    }
  }

  private static Scores sum(
      OutputSpec output, List<Sequence> targets, List<double[]> answers, int first, int every) {
    Scores scores = new Scores(output, Optional.empty(), FURTHER);
    for (int i = first; i < targets.size(); i += every) {
      scores.add(targets.get(i), 0, answers.get(i));
    }
    return scores;
  }

  private static SortedMap<String, Double> further(Scores scores) {
    SortedMap<String, Double> metrics = new TreeMap<>();
    scores.kind().putFurther(metrics, TrainedClasses.UNKNOWN);
    return metrics;
  }

  private static SortedMap<String, Double> usual(Scores scores) {
    SortedMap<String, Double> metrics = new TreeMap<>();
    scores.kind().putUsual(metrics);
    return metrics;
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
