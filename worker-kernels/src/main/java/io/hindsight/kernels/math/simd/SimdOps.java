package io.hindsight.kernels.math.simd;

import io.hindsight.kernels.math.VectorOps;

/** The operations on the JDK's Vector API, as wide as the machine's vectors. */
public final class SimdOps {
  private SimdOps() {}

  /** The implementation; needs the module jdk.incubator.vector. */
  public static VectorOps create() {
    String name = "simd-" + Species.PREFERRED.vectorBitSize();
    return new VectorOps(name, new SimdMatrixOps(), new SimdGateOps());
  }
}
