package io.hindsight.kernels.math.simd;

import io.hindsight.kernels.math.FmaChain;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** As many doubles per register as this JVM prefers. */
public final class SimdFmaChain implements FmaChain {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

  @Override
  public String name() {
    return SPECIES.length() + " lanes";
  }

  @Override
  public int lanes() {
    return SPECIES.length();
  }

  @Override
  public double run(int rounds, double factor, double addend) {
    DoubleVector f = DoubleVector.broadcast(SPECIES, factor);
    DoubleVector a = DoubleVector.broadcast(SPECIES, addend);
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
      x0 = x0.fma(f, a);
      x1 = x1.fma(f, a);
      x2 = x2.fma(f, a);
      x3 = x3.fma(f, a);
      x4 = x4.fma(f, a);
      x5 = x5.fma(f, a);
      x6 = x6.fma(f, a);
      x7 = x7.fma(f, a);
      x8 = x8.fma(f, a);
      x9 = x9.fma(f, a);
      x10 = x10.fma(f, a);
      x11 = x11.fma(f, a);
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
