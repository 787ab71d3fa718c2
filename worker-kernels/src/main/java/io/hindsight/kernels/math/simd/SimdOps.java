package io.hindsight.kernels.math.simd;

import io.hindsight.kernels.math.VectorOps;
import io.hindsight.kernels.panel.AlignedMemory;
import io.hindsight.kernels.panel.Lanes;
import jdk.incubator.vector.DoubleVector;

/** The entrance to this package, for the one place that knows the Vector API to be there. */
public final class SimdOps {
  /** Lane blocks are 8 doubles, so no vector is wider. */
  private static final int WIDEST_BITS = 512;

  private SimdOps() {}

  /** The operations at the width of {@code hindsight.vector-bits}, else at the processor's. */
  public static VectorOps create() {
    return new VectorOps(
        "simd-" + Species.PREFERRED.vectorBitSize(),
        new SimdMatrixOps(),
        new SimdGateOps(),
        new SimdNormOps(),
        new SimdLossOps(),
        new SimdArrayOps(),
        Species.LANES == Lanes.LANES ? AlignedMemory.leastAligned() : 0);
  }

  /** The width in bits that the processor prefers, at most 512. */
  public static int preferredBits() {
    // Not asked of Species, which reads the property: here it may still have any value.
    return Math.min(WIDEST_BITS, DoubleVector.SPECIES_PREFERRED.vectorBitSize());
  }
}
