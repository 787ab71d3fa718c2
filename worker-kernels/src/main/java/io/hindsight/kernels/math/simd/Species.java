package io.hindsight.kernels.math.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** The vectors of this JVM, chosen once. */
final class Species {
  static final VectorSpecies<Double> PREFERRED =
      ofBits(Integer.getInteger("hindsight.vector-bits", 512));

  /** Doubles of a vector: 8, 4 or 2. */
  static final int LANES = PREFERRED.length();

  private Species() {}

  private static VectorSpecies<Double> ofBits(int limit) {
    int bits = Math.min(limit, DoubleVector.SPECIES_PREFERRED.vectorBitSize());
    return switch (bits) {
      case 512 -> DoubleVector.SPECIES_512;
      case 256 -> DoubleVector.SPECIES_256;
      default -> DoubleVector.SPECIES_128;
    };
  }
}
