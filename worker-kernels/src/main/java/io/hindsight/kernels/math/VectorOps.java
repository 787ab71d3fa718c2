package io.hindsight.kernels.math;

import io.hindsight.kernels.panel.AlignedMemory;

/**
 * One implementation of the operations kernels are built from.
 *
 * @param name for logs and metrics
 * @param matrix products of weights and activations
 * @param gates the element-wise passes of the cells
 * @param norms layer normalisation
 * @param losses the passes of the output losses
 * @param arrays readings of whole arrays
 * @param leastArray as {@link AlignedMemory} takes it
 */
public record VectorOps(
    String name,
    MatrixOps matrix,
    GateOps gates,
    NormOps norms,
    LossOps losses,
    ArrayOps arrays,
    int leastArray) {
  /**
   * The system property that asks for an implementation: {@code 512}, {@code 256} or {@code 128}
   * for vectors of so many bits, {@code 0} for the reference. Without it the processor decides.
   */
  public static final String BITS_PROPERTY = "hindsight.vector-bits";

  /** Plain Java: the specification of every operation's bits, and what always runs. */
  public static final VectorOps REFERENCE =
      new VectorOps(
          "reference",
          new ReferenceMatrixOps(),
          new ReferenceGateOps(),
          new ReferenceNormOps(),
          new ReferenceLossOps(),
          new ReferenceArrayOps(),
          0);

  /** Memory for what the operations read and write. */
  public AlignedMemory memory() {
    return new AlignedMemory(leastArray);
  }

  @Override
  public String toString() {
    return name;
  }
}
