package io.hindsight.kernels.math.simd;

import io.hindsight.kernels.math.FmaChain;
import io.hindsight.kernels.math.VectorOps;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * As many doubles per register as this JVM's kernels use, or prefers where they use none.
 *
 * <p>The register is the addend, which the instruction overwrites; were it a factor, the addend
 * would be copied each time, and four lanes would come to 50 GFLOP/s in place of 58.6 (Zen 4).
 */
public final class SimdFmaChain implements FmaChain {
  /** The kernels' vectors where there are any: a second width in one JVM would slow both. */
  private static final VectorSpecies<Double> SPECIES =
      Integer.getInteger(VectorOps.BITS_PROPERTY, SimdOps.preferredBits()) == 0
          ? DoubleVector.SPECIES_PREFERRED
          : Species.PREFERRED;

  @Override
  public String name() {
    return SPECIES.length() + " lanes";
  }

  @Override
  public int lanes() {
    return SPECIES.length();
  }

  @Override
  public double run(int rounds, double f, double g) {
    DoubleVector a = DoubleVector.broadcast(SPECIES, f);
    DoubleVector b = DoubleVector.broadcast(SPECIES, g);
    DoubleVector x0 = DoubleVector.broadcast(SPECIES, 0);
    DoubleVector x1 = DoubleVector.broadcast(SPECIES, 1);
    DoubleVector x2 = DoubleVector.broadcast(SPECIES, 2);
    DoubleVector x3 = DoubleVector.broadcast(SPECIES, 3);
    DoubleVector x4 = DoubleVector.broadcast(SPECIES, 4);
    DoubleVector x5 = DoubleVector.broadcast(SPECIES, 5);
    DoubleVector x6 = DoubleVector.broadcast(SPECIES, 6);
    DoubleVector x7 = DoubleVector.broadcast(SPECIES, 7);
    DoubleVector x8 = DoubleVector.broadcast(SPECIES, 8);
    DoubleVector x9 = DoubleVector.broadcast(SPECIES, 9);
    DoubleVector x10 = DoubleVector.broadcast(SPECIES, 10);
    DoubleVector x11 = DoubleVector.broadcast(SPECIES, 11);
    for (int round = 0; round < rounds; round++) {
      x0 = a.fma(b, x0);
      x1 = a.fma(b, x1);
      x2 = a.fma(b, x2);
      x3 = a.fma(b, x3);
      x4 = a.fma(b, x4);
      x5 = a.fma(b, x5);
      x6 = a.fma(b, x6);
      x7 = a.fma(b, x7);
      x8 = a.fma(b, x8);
      x9 = a.fma(b, x9);
      x10 = a.fma(b, x10);
      x11 = a.fma(b, x11);
    }
    return sum(
        x0.add(x1)
            .add(x2)
            .add(x3)
            .add(x4)
            .add(x5)
            .add(x6)
            .add(x7)
            .add(x8)
            .add(x9)
            .add(x10)
            .add(x11));
  }

  private static double sum(DoubleVector lanes) {
    double sum = 0;
    for (double lane : lanes.toArray()) {
      sum += lane;
    }
    return sum;
  }
}
