package io.hindsight.kernels.ctc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hindsight.kernels.random.CounterRandom;
import io.hindsight.kernels.random.CounterRandom.Purpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlainCtcTest {
  private static final double STEP = 0x1p-17; // of differences
  private static final int[][] STRINGS = {{}, {0}, {1, 0}, {1, 1}, {0, 1, 0}, {2, 2, 1}, {2, 1, 1}};

  @Test
  void shouldSumTheProbabilitiesOfAllPaths() {
    for (int steps = 1; steps <= 6; steps++) {
      double[][] logits = logits(steps, 4);
      for (int[] labels : STRINGS) {
        double sum = 0;
        for (int[] path : paths(steps, 4)) {
          sum += Arrays.equals(labels, collapsed(path)) ? probability(logits, path) : 0;
        }
        assertEquals(-Math.log(sum), new PlainCtc(logits, labels).loss(), 1e-12);
      }
    }
  }

  @Test
  void shouldDifferentiateItsLoss() {
    for (int[] labels : STRINGS) {
      double[][] logits = logits(7, 4);
      double[][] gradient = new PlainCtc(logits, labels).gradient();
      for (int t = 0; t < logits.length; t++) {
        for (int o = 0; o < 4; o++) {
          double above = lossAt(logits, t, o, STEP, labels);
          double below = lossAt(logits, t, o, -STEP, labels);
          assertEquals((above - below) / (2 * STEP), gradient[t][o], 1e-9);
        }
      }
    }
  }

  private static double lossAt(double[][] logits, int t, int o, double off, int[] labels) {
    double value = logits[t][o];
    logits[t][o] = value + off;
    double loss = new PlainCtc(logits, labels).loss();
    logits[t][o] = value;
    return loss;
  }

  /** Of PyTorch 1.13's {@code ctc_loss} and its gradient, at logits 2 sin(3t + 5o + 1). */
  @Test
  void shouldAgreeWithPyTorch() {
    assertPyTorch(19.622486307820914, 0.4491725383953045, -0.9875376991303441);
    assertPyTorch(15.546126958702546, 0.26093679227848277, -0.4373912155205607, 0);
    assertPyTorch(10.097111045993534, 0.44917253839530175, -0.12679771326673825, 1, 1, 3);
    assertPyTorch(8.891074288110147, 0.449172538395301, -0.07438426324347629, 2, 0, 2, 3);
    assertPyTorch(13.964922571344804, 0.44917253839530186, 0.012058280516142625, 3, 3, 3, 3);
  }

  private static void assertPyTorch(double loss, double first, double middle, int... labels) {
    double[][] logits = new double[8][5];
    for (int t = 0; t < 8; t++) {
      for (int o = 0; o < 5; o++) {
        logits[t][o] = 2 * Math.sin(3 * t + 5 * o + 1);
      }
    }
    PlainCtc ctc = new PlainCtc(logits, labels);
    assertEquals(loss, ctc.loss(), 1e-12);
    assertEquals(first, ctc.gradient()[0][0], 1e-12);
    assertEquals(middle, ctc.gradient()[3][4], 1e-12);
  }

  @Test
  void shouldNotOverflowOverManyStepsAndLargeLogits() {
    double[][] logits = logits(900, 4);
    for (double[] row : logits) {
      Arrays.setAll(row, o -> 100 * row[o]);
    }
    PlainCtc ctc = new PlainCtc(logits, new int[300]);
    assertEquals(true, ctc.loss() > 0 && ctc.loss() < Double.MAX_VALUE);
    for (double[] row : ctc.gradient()) {
      assertEquals(0, Arrays.stream(row).sum(), 1e-9); // both parts are distributions
    }
  }

  /** What PyTorch's ctc_loss would call one string: repetitions are one, blanks are none. */
  static int[] collapsed(int[] path) {
    List<Integer> labels = new ArrayList<>();
    int before = -1;
    for (int output : path) {
      if (output != before && output != 3) {
        labels.add(output);
      }
      before = output;
    }
    return labels.stream().mapToInt(Integer::intValue).toArray();
  }

  static List<int[]> paths(int steps, int outputs) {
    List<int[]> paths = new ArrayList<>();
    int count = (int) Math.pow(outputs, steps);
    for (int i = 0; i < count; i++) {
      int[] path = new int[steps];
      for (int t = 0, rest = i; t < steps; t++, rest /= outputs) {
        path[t] = rest % outputs;
      }
      paths.add(path);
    }
    return paths;
  }

  static double probability(double[][] logits, int[] path) {
    double probability = 1;
    for (int t = 0; t < path.length; t++) {
      double sum = Arrays.stream(logits[t]).map(Math::exp).sum();
      probability *= Math.exp(logits[t][path[t]]) / sum;
    }
    return probability;
  }

  static double[][] logits(int steps, int outputs) {
    CounterRandom random = CounterRandom.of(5, Purpose.GENERATED_DATA, steps);
    double[][] logits = new double[steps][outputs];
    for (double[] row : logits) {
      Arrays.setAll(row, o -> random.nextDouble(-2, 2));
    }
    return logits;
  }
}
