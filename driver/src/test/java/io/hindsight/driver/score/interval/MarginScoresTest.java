package io.hindsight.driver.score.interval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.output.LossOptions;
import io.hindsight.kernels.network.output.Margins;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MarginScoresTest {
  private static final List<Double> LEVELS = List.of(0.05, 0.1, 0.5, 0.9, 0.95);
  private static final int ELEMENTS = 2;
  private static final int STEPS = 60;

  @Test
  void shouldChooseTheOrderStatisticThatTheTheoremNames() {
    List<Sequence> sequences = sequences(9);
    MarginScores scores = scores(MarginScores.MOST);
    List<List<Double>> outside = new ArrayList<>(); // of element 0 and 1, each 90 % and 80 %
    for (int i = 0; i < 2 * ELEMENTS; i++) {
      outside.add(new ArrayList<>());
    }
    for (Sequence sequence : sequences) {
      for (int t = 0; t < STEPS; t++) {
        double[] said = outputs(sequence, t);
        scores.add(sequence, t, said);
        for (int e = 0; e < ELEMENTS; e++) {
          double y = sequence.targets()[t * ELEMENTS + e];
          for (int pair = 0; pair < 2 && !Double.isNaN(y); pair++) {
            double low = said[e * 5 + pair];
            double high = said[e * 5 + 4 - pair];
            outside.get(e * 2 + pair).add(Math.max(low - y, y - high));
          }
        }
      }
    }
    List<Double> expected = new ArrayList<>();
    for (int i = 0; i < outside.size(); i++) {
      Collections.sort(outside.get(i));
      int n = outside.get(i).size();
      int percent = i % 2 == 0 ? 90 : 80;
      int place = ((n + 1) * percent + 99) / 100; // rounded up
      expected.add(outside.get(i).get(place - 1));
    }
    assertTrue(outside.get(0).size() < outside.get(2).size(), "some of element 0 are missing");
    assertEquals(expected, scores.margins().values());
  }

  @Test
  void shouldKeepTheSameTargetsHoweverTheyAreDivided() {
    List<Sequence> sequences = sequences(40);
    for (int most : new int[] {300, 2000, MarginScores.MOST}) {
      MarginScores whole = scores(most);
      addAll(whole, sequences);
      Random random = new Random(most);
      for (int parts : new int[] {1, 2, 7}) {
        List<MarginScores> pieces = new ArrayList<>();
        for (int piece = 0; piece < parts; piece++) {
          pieces.add(scores(most));
        }
        List<Sequence> shuffled = new ArrayList<>(sequences);
        Collections.shuffle(shuffled, random);
        shuffled.forEach(one -> addAll(pieces.get(random.nextInt(parts)), List.of(one)));
        MarginScores merged = scores(most);
        pieces.forEach(merged::merge);
        assertEquals(whole.margins(), merged.margins(), most + " in " + parts);
        assertEquals(whole.targets(1), merged.targets(1));
      }
      int kept = whole.targets(1);
      assertTrue(kept * 2 * ELEMENTS <= most, "kept " + kept);
      assertTrue(most < MarginScores.MOST ? kept > 0 : kept == 40 * STEPS, "kept " + kept);
    }
  }

  @Test
  void shouldNeedOneTargetForEachThatMayLieOutside() {
    assertEquals(5, MarginScores.needed(List.of(0.1, 0.9)));
    assertEquals(10, MarginScores.needed(List.of(0.05, 0.1, 0.9, 0.95)));
    assertEquals(4, MarginScores.needed(List.of(0.15, 0.85)));
    assertEquals(200, MarginScores.needed(List.of(0.0025, 0.9975)));
    MarginScores none = scores(MarginScores.MOST);
    assertThrows(IllegalStateException.class, none::margins);
  }

  private static MarginScores scores(int most) {
    LossOptions options = LossOptions.ofQuantiles(LEVELS).withMargins(Margins.UNKNOWN);
    return new MarginScores(new OutputSpec(ELEMENTS, Loss.PINBALL, At.EVERY_STEP, options), most);
  }

  private static void addAll(MarginScores to, List<Sequence> sequences) {
    for (Sequence sequence : sequences) {
      for (int t = 0; t < STEPS; t++) {
        to.add(sequence, t, outputs(sequence, t));
      }
    }
  }

  /** Quantiles that ascend, from the sequence and the step alone. */
  private static double[] outputs(Sequence sequence, int t) {
    double[] outputs = new double[ELEMENTS * LEVELS.size()];
    Random random = new Random(31L * sequence.id().hashCode() + t);
    for (int e = 0; e < ELEMENTS; e++) {
      double[] some = random.doubles(LEVELS.size(), -1, 1).sorted().toArray();
      System.arraycopy(some, 0, outputs, e * LEVELS.size(), some.length);
    }
    return outputs;
  }

  private static List<Sequence> sequences(int count) {
    Random random = new Random(5);
    List<Sequence> sequences = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] targets = random.doubles(STEPS * ELEMENTS, -2, 2).toArray();
      targets[2 * ELEMENTS] = i % 4 == 0 ? Double.NaN : targets[2 * ELEMENTS];
      double[] inputs = new double[STEPS];
      Arrays.fill(inputs, i);
      sequences.add(Sequence.ofFeatures("s" + i, inputs, STEPS).withTargets(targets));
    }
    return sequences;
  }
}
