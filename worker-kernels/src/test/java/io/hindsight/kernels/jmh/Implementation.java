package io.hindsight.kernels.jmh;

import io.hindsight.kernels.math.VectorOps;
import io.hindsight.kernels.math.choice.OpsProvider;

/** Which operations a benchmark calls. */
public enum Implementation {
  /** The plain Java that specifies the bits. */
  REFERENCE,
  /** What this JVM's kernels use. */
  CHOSEN;

  VectorOps ops() {
    return this == REFERENCE ? VectorOps.REFERENCE : OpsProvider.get();
  }
}
