package io.hindsight.kernels.ctc;

import java.util.Arrays;

/**
 * The string of the best path: the likeliest output of each step, repetitions as one, without
 * blanks. Of equally likely outputs the first is taken.
 */
public final class BestPath {
  private BestPath() {}

  /**
   * Reads a string.
   *
   * @param outputs probabilities // (T, O), the last output the blank
   * @param size O
   * @return the labels // (U)
   */
  public static int[] of(double[] outputs, int size) {
    int steps = outputs.length / size;
    int[] labels = new int[steps];
    int count = 0;
    int before = size - 1;
    for (int t = 0; t < steps; t++) {
      int best = likeliest(outputs, t * size, size);
      if (best != before && best != size - 1) {
        labels[count++] = best;
      }
      before = best;
    }
    return Arrays.copyOf(labels, count);
  }

  private static int likeliest(double[] outputs, int from, int size) {
    int best = 0;
    for (int o = 1; o < size; o++) {
      best = outputs[from + o] > outputs[from + best] ? o : best;
    }
    return best;
  }
}
