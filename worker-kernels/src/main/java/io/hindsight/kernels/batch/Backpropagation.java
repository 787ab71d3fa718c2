package io.hindsight.kernels.batch;

/**
 * How far gradients flow back through a window, and how large they may be on the way.
 *
 * <p>The gradient that is limited is dE/dh_t of one layer at one step, from the layer above or the
 * head and from step t + 1, where E is the sum of the losses of one lane. It is scaled before it
 * goes through the cell: {@code dh_t ← dh_t · c/‖dh_t‖₂} where ‖dh_t‖₂ > c. So c is a limit of the
 * signal that flows through time, whatever the number of targets is that losses are divided by
 * later. dE/dc_t of an LSTM is not limited.
 *
 * @param truncation gradients stop at multiples of this many steps from the window's start, at
 *     least 1; {@link #WHOLE_WINDOW} for full back-propagation
 * @param deltaNorm c, above 0; {@link #NO_LIMIT} for none
 */
public record Backpropagation(int truncation, double deltaNorm) {
  /** No truncation: gradients flow to the start of the window. */
  public static final int WHOLE_WINDOW = Integer.MAX_VALUE;

  /** No limit of dE/dh_t. */
  public static final double NO_LIMIT = Double.POSITIVE_INFINITY;

  /** Through the whole window, as the loss's derivative says. */
  public static final Backpropagation FULL = new Backpropagation(WHOLE_WINDOW, NO_LIMIT);

  public Backpropagation {
    if (truncation < 1) {
      throw new IllegalArgumentException("truncation must be at least 1, but is " + truncation);
    }
    if (!(deltaNorm > 0)) {
      throw new IllegalArgumentException("deltaNorm must be above 0, but is " + deltaNorm);
    }
  }

  /** Stopped at multiples of this many steps, and nowhere limited. */
  public static Backpropagation truncated(int steps) {
    return new Backpropagation(steps, NO_LIMIT);
  }

  /** Whether gradients stop between step t − 1 and step t of a window. */
  public boolean stopsBefore(int t) {
    return t > 0 && t % truncation == 0;
  }

  /** Whether dE/dh_t is limited. */
  public boolean limitsDelta() {
    return deltaNorm < NO_LIMIT;
  }
}
