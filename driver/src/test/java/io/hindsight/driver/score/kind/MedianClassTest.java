package io.hindsight.driver.score.kind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MedianClassTest {
  @Test
  void shouldAnswerTheLowestClassThatHalfIsNotAbove() {
    assertEquals(0, MedianClass.of(new double[] {0.5, 0.5}));
    assertEquals(1, MedianClass.of(new double[] {0.4, 0.2, 0.4}));
    assertEquals(2, MedianClass.of(new double[] {0.1, 0.1, 0.8}));
    assertEquals(1, MedianClass.of(new long[] {2, 1, 1, 1}));
    assertEquals(0, MedianClass.of(new long[] {2, 1, 1}));
    assertEquals(2, MedianClass.of(new long[] {0, 0, 1}));
  }

  @Test
  void shouldHaveTheLeastExpectedRankError() {
    Random random = new Random(4);
    for (int i = 0; i < 1000; i++) {
      double[] p = random.doubles(5, 0, 1).map(x -> x * x * x).toArray();
      double sum = 0;
      for (double one : p) {
        sum += one;
      }
      for (int k = 0; k < p.length; k++) {
        p[k] /= sum;
      }
      double median = expected(p, MedianClass.of(p));
      for (int k = 0; k < p.length; k++) {
        assertTrue(median <= expected(p, k) + 1e-15);
      }
    }
  }

  private static double expected(double[] p, int answer) {
    double sum = 0;
    for (int k = 0; k < p.length; k++) {
      sum += p[k] * Math.abs(k - answer);
    }
    return sum;
  }

  /** Worked by hand: 1 and 1 errors by one place and 1 by two, Σ n d² = 6. */
  @Test
  void shouldWeighErrorsByTheirSquares() {
    Confusion confusion = new Confusion(3);
    long[][] counts = {{3, 1, 0}, {1, 3, 0}, {1, 0, 3}};
    for (int truth = 0; truth < 3; truth++) {
      for (int answer = 0; answer < 3; answer++) {
        for (int n = 0; n < counts[truth][answer]; n++) {
          confusion.add(truth, answer);
        }
      }
    }
    assertEquals((1 + 1 + 2) / 12.0, confusion.rankError());
    assertEquals((4 + 4) / 12.0, confusion.rankErrorOf(1));
    // supports 4, 4, 4; answers 5, 4, 3: Σ s a d² = 4·(4 + 3·4) + 4·(5 + 3) + 4·(5·4 + 4) = 192
    assertEquals(1 - 12 * 6 / 192.0, confusion.quadraticKappa(), 1e-15);
  }
}
