package io.hindsight.kernels.math.simd;

import io.hindsight.kernels.math.VectorOps;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The width of a vector in this JVM: what the processor prefers, at most 512 bits, unless the
 * system property {@value VectorOps#BITS_PROPERTY} asks for 512, 256 or 128.
 *
 * <p>Every width gives the same bits; only constants of this class let the compiler turn vectors
 * into registers.
 */
final class Species {
  /** Every vector of this package. */
  static final VectorSpecies<Double> PREFERRED = chosen();

  /** Doubles of a vector: 8, 4 or 2. */
  static final int LANES = PREFERRED.length();

  private Species() {}

  private static VectorSpecies<Double> chosen() {
    int bits = Integer.getInteger(VectorOps.BITS_PROPERTY, SimdOps.preferredBits());
    return VectorSpecies.of(double.class, VectorShape.forBitSize(bits));
  }
}
