package io.hindsight.driver.optim;

/** A gradient that no update may be made with: an element, or the norm, is NaN or infinite. */
public final class NonFiniteGradientException extends ArithmeticException {
  private static final long serialVersionUID = 1L;

  private final int index;

  private NonFiniteGradientException(String message, int index) {
    super(message);
    this.index = index;
  }

  /** The refusal of a gradient whose norm is not finite, naming the first guilty element. */
  static NonFiniteGradientException of(double[] gradient) {
    for (int i = 0; i < gradient.length; i++) {
      if (!Double.isFinite(gradient[i])) {
        return new NonFiniteGradientException(
            "element %d of the gradient must be finite, but is %s; lower the learning rate or clip harder"
                .formatted(i, gradient[i]),
            i);
      }
    }
    return new NonFiniteGradientException(
        "the gradient's norm exceeds the largest double; lower the learning rate or clip harder",
        -1);
  }

  /** Index of the first element that is not finite; −1 if only the norm is not. */
  public int index() {
    return index;
  }
}
