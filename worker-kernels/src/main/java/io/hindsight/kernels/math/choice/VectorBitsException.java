package io.hindsight.kernels.math.choice;

/** {@link OpsProvider#PROPERTY} asks for what there is not. */
public final class VectorBitsException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  VectorBitsException(String message) {
    super(message);
  }
}
