package io.hindsight.kernels.math.choice;

import io.hindsight.kernels.math.FmaChain;
import io.hindsight.kernels.math.simd.SimdFmaChain;

/** Chooses the widest {@link FmaChain} that this JVM can run. */
public final class FmaChains {
  private static final String VECTOR_MODULE = "jdk.incubator.vector";

  private FmaChains() {}

  /** That of the Vector API where its module is present, else the scalar one. */
  public static FmaChain widest() {
    boolean present = ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent();
    return present ? new SimdFmaChain() : new ScalarFmaChain();
  }
}
