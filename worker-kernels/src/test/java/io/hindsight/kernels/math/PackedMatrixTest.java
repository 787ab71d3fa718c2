package io.hindsight.kernels.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PackedMatrixTest {
  private static final int COLUMNS = 11;
  private static final int FROM = 3;

  @Test
  void shouldSetRowsAndColumnsAnywhereAndLeaveTheOthersAlone() {
    for (int rows : new int[] {1, 7, 8, 9, 16, 25, 40}) {
      for (int first = 0; first < rows; first++) {
        for (int count = 0; count <= rows - first; count++) {
          check(rows, first, count);
        }
      }
    }
  }

  private static void check(int rows, int first, int count) {
    double[] a = new double[FROM + count * COLUMNS];
    Arrays.setAll(a, i -> i + 1.0);
    PackedMatrix packed = new PackedMatrix(rows, COLUMNS);
    PackedMatrix transposed = new PackedMatrix(COLUMNS, rows);
    packed.setRows(first, count, a, FROM);
    transposed.setColumns(first, count, a, FROM);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < COLUMNS; column++) {
        boolean set = row >= first && row < first + count;
        double expected = set ? a[FROM + (row - first) * COLUMNS + column] : 0;
        assertEquals(expected, packed.values()[Packing.index(row, column, COLUMNS)]);
        assertEquals(expected, transposed.values()[Packing.index(column, row, rows)]);
      }
    }
  }

  @Test
  void shouldKeepItsPaddingZeroWhenSetAgain() {
    double[] a = new double[9 * COLUMNS];
    Arrays.fill(a, 5);
    PackedMatrix packed = PackedMatrix.of(9, COLUMNS, a, 0);
    double[] before = packed.values().clone();
    packed.setRows(0, 9, a, 0);
    assertArrayEquals(before, packed.values());
    assertEquals(9 * COLUMNS * 5.0, Arrays.stream(before).sum());
    assertEquals(16L * COLUMNS * Double.BYTES, packed.bytes());
  }
}
