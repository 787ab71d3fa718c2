package io.hindsight.kernels.math.choice;

import io.hindsight.kernels.math.VectorOps;
import io.hindsight.kernels.math.simd.SimdOps;
import java.util.Optional;

/**
 * Chooses the implementation of {@link VectorOps} once per JVM, and says why.
 *
 * <p>Every implementation gives the same bits, so the choice is one of speed alone.
 */
public final class OpsProvider {
  /** As {@link VectorOps#BITS_PROPERTY}. */
  public static final String PROPERTY = VectorOps.BITS_PROPERTY;

  private static final OpsChoice CHOICE = choose();

  // No class of the Vector API is loaded unless it is there.
  private static final VectorOps CHOSEN =
      CHOICE.kind() == OpsChoice.Kind.SIMD ? SimdOps.create() : VectorOps.REFERENCE;

  private OpsProvider() {}

  /**
   * The implementation every kernel of this JVM uses.
   *
   * @throws VectorBitsException if {@link #PROPERTY} has a value it cannot have
   */
  public static VectorOps get() {
    if (CHOICE.kind() == OpsChoice.Kind.REFUSED) {
      throw new VectorBitsException(CHOICE.reason());
    }
    return CHOSEN;
  }

  /** Why it was chosen; with the remedy, where there is one for what is missing. */
  public static String reason() {
    return CHOICE.reason();
  }

  /**
   * Name and reason, for a log.
   *
   * @throws VectorBitsException as {@link #get} does
   */
  public static String description() {
    return get() + " kernels (" + reason() + ")";
  }

  private static OpsChoice choose() {
    boolean vectorApi = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    return OpsChoice.of(
        Optional.ofNullable(System.getProperty(PROPERTY)),
        new OpsChoice.Jvm(
            vectorApi,
            System.getProperty("java.vm.info", "").startsWith("interpreted"),
            System.getProperty("os.arch", ""),
            vectorApi ? SimdOps.preferredBits() : 0));
  }
}
