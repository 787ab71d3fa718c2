package io.hindsight.kernels.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GradientSumTest {
  /** Two shards of 1 and 3 targets: the mean over all 4 targets is not the mean of shard means. */
  @Test
  void shouldWeighTargetsEquallyWhateverTheirShard() {
    GradientSum one = new GradientSum(new double[] {8, 0}, 2, 1);
    GradientSum three = new GradientSum(new double[] {4, -2}, 6, 3);
    assertSame(one, one.merge(three));
    assertSame(one, one.mean());
    assertArrayEquals(new double[] {3, -0.5}, one.gradient());
    assertEquals(2, one.loss());
    assertEquals(1, one.targets());
  }

  @Test
  void shouldAddLosses() {
    GradientSum sum = new GradientSum(3);
    sum.addLoss(1.5, 2, 2);
    sum.addLoss(0.5, 1, 1);
    assertEquals(2, sum.loss());
    assertEquals(3, sum.targets());
  }

  /** (½·8 + ¼·3) / (½ + ¼), of two targets of weights ½ and ¼. */
  @Test
  void shouldDivideByTheWeights() {
    GradientSum one = new GradientSum(new double[] {4}, 0, 0);
    one.addLoss(4, 0.5, 1);
    GradientSum other = new GradientSum(new double[] {0.75}, 0.75, 0);
    other.addLoss(0, 0.25, 1);
    assertEquals(0.75, one.merge(other).weight());
    assertEquals(2, one.targets());
    one.mean();
    assertEquals(4.75 / 0.75, one.loss());
    assertEquals(4.75 / 0.75, one.gradient()[0]);
    assertEquals(1, one.weight());
  }

  @Test
  void shouldRefuseAMeanOfTargetsWithoutWeight() {
    GradientSum sum = new GradientSum(3);
    sum.addLoss(0, 0, 2);
    assertThrows(IllegalStateException.class, sum::mean);
  }

  @Test
  void shouldRefuseToMergeAnotherNetworksGradient() {
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> new GradientSum(3).merge(new GradientSum(4)));
    assertTrue(e.getMessage().contains("4 parameters into one of 3"), e.getMessage());
  }

  @Test
  void shouldRefuseAMeanOfNothing() {
    assertThrows(IllegalStateException.class, () -> new GradientSum(3).mean());
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void shouldFindNumbersThatAreNotFinite(double bad) {
    GradientSum sum = new GradientSum(5);
    assertTrue(sum.isFinite());
    assertEquals(-1, sum.firstNonFinite());
    sum.gradient()[3] = bad;
    assertFalse(sum.isFinite());
    assertEquals(3, sum.firstNonFinite());
    assertFalse(new GradientSum(new double[1], bad, 1).isFinite());
  }
}
