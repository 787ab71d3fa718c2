package io.hindsight.kernels.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.kernels.network.EmbeddingSpec;
import io.hindsight.kernels.network.GruCell;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.TableRows;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowSumsTest {
  /** Rows 0 to 3 have one element, 4 to 6 have two, 7 to 206 three. */
  private static final ParameterLayout LAYOUT =
      new ParameterLayout(
          NetworkSpec.plain(
              InputSpec.dense(
                  1,
                  0,
                  List.of(
                      new EmbeddingSpec(4, 1, false),
                      new EmbeddingSpec(3, 2, false),
                      new EmbeddingSpec(200, 3, true))),
              new GruCell(),
              List.of(1),
              new OutputSpec(1, Loss.SQUARED_ERROR, At.EVERY_STEP)));

  private static final TableRows ROWS = LAYOUT.rows();

  @Test
  void shouldAddRowsInCommonAndPutTheOthersInOrder() {
    RowSums sums = of(new int[] {1, 5, 9}, 1, 2, 3, 4, 5, 6);
    sums.merge(of(new int[] {0, 5, 6, 10}, 10, 20, 30, 40, 50, 60, 70, 80));
    assertArrayEquals(new int[] {0, 1, 5, 6, 9, 10}, sums.rows());
    assertArrayEquals(new double[] {10, 1, 22, 33, 40, 50, 4, 5, 6, 60, 70, 80}, sums.elements());
    sums.merge(new RowSums(ROWS));
    sums.merge(of(new int[] {9}, 1, 1, 1));
    assertArrayEquals(new double[] {10, 1, 22, 33, 40, 50, 5, 6, 7, 60, 70, 80}, sums.elements());
  }

  /** In a fixed tree the bits are those of whole arrays, however many rows occur. */
  @Test
  void shouldMergeToTheBitsOfWholeGradients() {
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      RowSums one = random(random);
      RowSums other = random(random);
      double[] expected = whole(one);
      double[] added = whole(other);
      for (int i = 0; i < expected.length; i++) {
        expected[i] += added[i];
      }
      one.merge(other);
      assertArrayEquals(expected, whole(one));
      one.clear();
      one.merge(other);
      assertArrayEquals(added, whole(one));
    }
  }

  private static RowSums random(Random random) {
    RowSums sums = new RowSums(ROWS);
    long[] bits = new long[4];
    for (int row = 0; row < ROWS.count(); row++) {
      bits[row / 64] |= random.nextInt(3) == 0 ? 1L << row : 0;
    }
    sums.start(bits, new int[ROWS.count()]);
    for (int i = 0; i < sums.size(); i++) {
      sums.values()[i] = random.nextGaussian();
    }
    return sums;
  }

  private static double[] whole(RowSums sums) {
    double[] whole = new double[LAYOUT.size()];
    sums.copyInto(sums.values(), 0, whole);
    return whole;
  }

  @Test
  void shouldStartRowsThatAreMarked() {
    RowSums sums = of(new int[] {2}, 7);
    long[] bits = {1L << 3 | 1L << 4, 0, 1L << 2, 0};
    int[] at = new int[ROWS.count()];
    sums.start(bits, at);
    assertArrayEquals(new int[] {3, 4, 130}, sums.rows());
    assertArrayEquals(new double[6], sums.elements());
    assertArrayEquals(new int[] {0, 1, 3}, new int[] {at[3], at[4], at[130]});
    assertArrayEquals(new long[4], bits);
  }

  @Test
  void shouldTellWhichParameterIsNotFinite() {
    GradientSum sum = new GradientSum(LAYOUT);
    sum.rows().merge(of(new int[] {2, 8}, 1, 2, Double.NaN, 4));
    assertEquals(LAYOUT.block("embed.2.weight").offset() + 4, sum.firstNonFinite());
    assertEquals("embed.2.weight", LAYOUT.blockAt(sum.firstNonFinite()).name());
  }

  @Test
  void shouldKeepTheRowsOfAMeanThatAreNotZero() {
    double[] whole = new double[LAYOUT.size()];
    whole[LAYOUT.denseSize() + 1] = 3;
    whole[LAYOUT.size() - 1] = -1;
    whole[2] = 5;
    GradientSum mean = GradientSum.ofMean(LAYOUT, whole);
    assertArrayEquals(new int[] {1, 206}, mean.rows().rows());
    assertArrayEquals(whole, mean.toArray(LAYOUT.size()));
    assertEquals(LAYOUT.denseSize() + 4, mean.compact().length);
  }

  @Test
  void shouldRefuseRowsThatThereAreNone() {
    assertRefused("row 207", new int[] {207}, 1, 2, 3);
    assertRefused("row -1", new int[] {-1}, 1);
    assertRefused("row 3 of a gradient is outside [4, 207)", new int[] {3, 3}, 1, 2);
    assertRefused("row 2", new int[] {3, 2}, 1, 2);
    assertRefused("1 rows of a gradient have 2 elements, but came with 1", new int[] {4}, 1);
    RowSums other = RowSums.of(TableRows.none(3), new int[0], new double[0]);
    of(new int[] {1}, 1).merge(other);
    assertThrows(IllegalArgumentException.class, () -> other.merge(of(new int[] {1}, 1)));
  }

  private static void assertRefused(String message, int[] rows, double... values) {
    Exception e = assertThrows(IllegalArgumentException.class, () -> of(rows, values));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  private static RowSums of(int[] rows, double... values) {
    return RowSums.of(ROWS, rows, values);
  }
}
