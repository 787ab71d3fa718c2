package io.hindsight.kernels.network;

/**
 * Dropout of what is below: in training each value is 0 with a probability, and divided by 1 − p
 * otherwise (Srivastava et al.: <i>Dropout</i>, JMLR 2014).
 *
 * @param rate p, in [0, 1)
 * @param variational whether the same units are dropped at all steps of a window, else anew at each
 */
public record DropoutSpec(double rate, boolean variational) implements LayerSpec {
  public DropoutSpec {
    requireProbability("dropout", rate);
  }

  @Override
  public int outputs(int inputs) {
    return inputs;
  }

  static void requireProbability(String what, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(what + " must be in [0, 1), but is " + value);
    }
  }
}
