package io.hindsight.kernels.math.simd;

import io.hindsight.kernels.panel.Lanes;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** What rows of a product start from. */
final class RowStart {
  private static final VectorSpecies<Double> S = Species.PREFERRED;
  private static final int LANES = Lanes.LANES;

  private RowStart() {}

  /** Sets all lanes of some rows of a panel to the row's number. */
  static void broadcast(int rows, double[] start, int si, double[] c, int ci) {
    for (int row = 0; row < rows; row++) {
      DoubleVector value = DoubleVector.broadcast(S, start[si + row]);
      int to = ci + (row << 3);
      for (int lane = 0; lane < LANES; lane += Species.LANES) {
        value.intoArray(c, to + lane);
      }
    }
  }
}
