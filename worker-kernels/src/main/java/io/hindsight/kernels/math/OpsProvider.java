package io.hindsight.kernels.math;

/** Chooses the implementation of {@link VectorOps} once per JVM. */
public final class OpsProvider {
  private static final VectorOps CHOSEN = VectorOps.REFERENCE;

  private OpsProvider() {}

  /** The implementation every kernel of this JVM uses. */
  public static VectorOps get() {
    return CHOSEN;
  }
}
