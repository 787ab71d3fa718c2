package io.hindsight.kernels.math.simd;

import io.hindsight.kernels.math.LossOps;
import io.hindsight.kernels.math.VectorOps;
import io.hindsight.kernels.panel.Lanes;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The losses' passes on vectors of neighbouring lanes; a block's 8 lanes are one, two or four.
 * Errors of one output are left to plain loops: vectors would gain a tenth, and be objects until a
 * call of eight numbers is compiled.
 */
final class SimdLossOps implements LossOps {
  private static final VectorSpecies<Double> S = Species.PREFERRED;
  private static final int LANES = Species.LANES;
  private static final int BLOCK = Lanes.LANES;
  private static final LossOps PLAIN = VectorOps.REFERENCE.losses();

  @Override
  public void softmax(int outputs, double[] z, int from, double[] max, double[] sum) {
    SimdSoftmax.max(outputs, z, from, max);
    SimdSoftmax.exp(outputs, z, from, max, sum);
    SimdSoftmax.divide(outputs, z, from, sum);
  }

  @Override
  public void squaredError(int outputs, double[] z, int from, double[] targets, double[] sum) {
    if (outputs == 1) {
      PLAIN.squaredError(outputs, z, from, targets, sum);
      return;
    }
    for (int lane = 0; lane < BLOCK; lane += LANES) {
      int first = from + lane;
      DoubleVector s = DoubleVector.zero(S);
      for (int o = 0; o < outputs; o++) {
        DoubleVector target = DoubleVector.fromArray(S, targets, lane + (o << 3));
        DoubleVector error = DoubleVector.fromArray(S, z, first + (o << 3)).sub(target);
        s = error.fma(error, s);
      }
      s.intoArray(sum, lane);
    }
  }

  @Override
  public void binaryCrossEntropy(
      int outputs, double[] z, int from, double[] targets, double[] sum) {
    SimdBinaryCrossEntropy.sum(outputs, z, from, targets, sum);
  }

  @Override
  public void scaledError(int outputs, double factor, double[] y, int from, double[] targets) {
    if (outputs == 1) {
      PLAIN.scaledError(outputs, factor, y, from, targets);
      return;
    }
    DoubleVector scale = DoubleVector.broadcast(S, factor);
    DoubleVector divisor = DoubleVector.broadcast(S, outputs);
    for (int i = 0; i < outputs * BLOCK; i += LANES) {
      DoubleVector error = DoubleVector.fromArray(S, y, from + i);
      error = error.sub(DoubleVector.fromArray(S, targets, i));
      scale.mul(error).div(divisor).intoArray(y, from + i);
    }
  }
}
