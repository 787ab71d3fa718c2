package io.hindsight.kernels.math.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The width of a vector in this JVM: what the processor prefers, at most 512 bits, unless the
 * system property {@value #PROPERTY} asks for 512, 256 or 128.
 *
 * <p>Every width gives the same bits; only constants of this class let the compiler turn vectors
 * into registers.
 */
final class Species {
  /** The property that asks for a width. */
  static final String PROPERTY = "hindsight.vector-bits";

  /** Lane blocks are 8 doubles, so no vector is wider. */
  static final int WIDEST_BITS = 512;

  /** Every vector of this package. */
  static final VectorSpecies<Double> PREFERRED = chosen();

  /** Doubles of a vector: 8, 4 or 2. */
  static final int LANES = PREFERRED.length();

  private Species() {}

  /** What the processor prefers, limited to {@link #WIDEST_BITS}. */
  static int preferredBits() {
    return Math.min(WIDEST_BITS, DoubleVector.SPECIES_PREFERRED.vectorBitSize());
  }

  private static VectorSpecies<Double> chosen() {
    int bits = Integer.getInteger(PROPERTY, preferredBits());
    return VectorSpecies.of(double.class, VectorShape.forBitSize(bits));
  }
}
