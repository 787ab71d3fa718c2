package io.hindsight.kernels.ctc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DecodingTest {
  private static final int SIZE = 4;

  @Test
  void shouldCollapseRepetitionsAndDropBlanksOfTheBestPath() {
    assertArrayEquals(new int[] {0, 0, 2}, BestPath.of(path(3, 0, 0, 3, 0, 2, 2, 3), SIZE));
    assertArrayEquals(new int[0], BestPath.of(path(3, 3), SIZE));
    assertArrayEquals(new int[] {1}, BestPath.of(path(1), SIZE));
  }

  @Test
  void shouldTakeTheFirstOfEqualOutputs() {
    assertArrayEquals(new int[] {0}, BestPath.of(new double[] {0.25, 0.25, 0.25, 0.25}, SIZE));
    double[] equal = {0.3, 0.3, 0.1, 0.3};
    assertArrayEquals(new int[0], new PrefixBeam(9, SIZE).of(equal)); // the shortest
    assertArrayEquals(new int[] {0}, new PrefixBeam(9, SIZE).of(new double[] {0.4, 0.4, 0, 0.2}));
  }

  /** A wide beam forgets nothing, so it finds the string with the most probable paths. */
  @Test
  void shouldFindTheLikeliestStringOfAll() {
    int differs = 0;
    for (int steps = 1; steps <= 6; steps++) {
      double[][] logits = PlainCtcTest.logits(steps, SIZE);
      Map<String, Double> sums = new TreeMap<>();
      for (int[] path : PlainCtcTest.paths(steps, SIZE)) {
        String labels = Arrays.toString(PlainCtcTest.collapsed(path));
        sums.merge(labels, PlainCtcTest.probability(logits, path), Double::sum);
      }
      double most = sums.values().stream().mapToDouble(p -> p).max().orElseThrow();
      double[] outputs = outputs(logits);
      String found = Arrays.toString(new PrefixBeam(1 << 14, SIZE).of(outputs));
      assertEquals(most, sums.get(found), 1e-15);
      differs += found.equals(Arrays.toString(BestPath.of(outputs, SIZE))) ? 0 : 1;
    }
    assertEquals(true, differs > 0); // or the best path would do
  }

  /** Graves 2006, figure 3 in spirit: the likeliest path is not of the likeliest string. */
  @Test
  void shouldFindAStringThatTheBestPathMisses() {
    double[] outputs = {0.4, 0, 0, 0.6, 0.4, 0, 0, 0.6};
    assertArrayEquals(new int[0], BestPath.of(outputs, SIZE)); // 0.36 as against 0.64
    assertArrayEquals(new int[] {0}, new PrefixBeam(2, SIZE).of(outputs));
    assertThrows(IllegalArgumentException.class, () -> new PrefixBeam(0, SIZE));
  }

  @Test
  void shouldCountTheFewestChanges() {
    assertEquals(3, EditDistance.of(letters("kitten"), letters("sitting")));
    assertEquals(2, EditDistance.of(letters("flaw"), letters("lawn")));
    assertEquals(0, EditDistance.of(letters(""), letters("")));
    assertEquals(4, EditDistance.of(letters(""), letters("four")));
    assertEquals(4, EditDistance.of(letters("four"), letters("")));
  }

  private static int[] letters(String text) {
    return text.chars().toArray();
  }

  /** Outputs that are sure of each step. */
  private static double[] path(int... steps) {
    double[] outputs = new double[steps.length * SIZE];
    for (int t = 0; t < steps.length; t++) {
      outputs[t * SIZE + steps[t]] = 1;
    }
    return outputs;
  }

  private static double[] outputs(double[][] logits) {
    List<Double> all = new ArrayList<>();
    for (double[] row : logits) {
      double sum = Arrays.stream(row).map(Math::exp).sum();
      Arrays.stream(row).forEach(z -> all.add(Math.exp(z) / sum));
    }
    return all.stream().mapToDouble(p -> p).toArray();
  }
}
