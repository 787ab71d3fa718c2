package io.hindsight.kernels.math;

import io.hindsight.kernels.math.simd.SimdOps;

/** Chooses the implementation of {@link VectorOps} once per JVM. */
public final class OpsProvider {
  private static final VectorOps CHOSEN = choose();

  private OpsProvider() {}

  private static VectorOps choose() {
    boolean present = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    return present && Integer.getInteger("hindsight.vector-bits", 512) > 0
        ? SimdOps.create()
        : VectorOps.REFERENCE;
  }

  /** The implementation every kernel of this JVM uses. */
  public static VectorOps get() {
    return CHOSEN;
  }
}
