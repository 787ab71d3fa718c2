package io.hindsight.driver.optim;

/**
 * What clipping found and did.
 *
 * @param norm global norm of the gradient before clipping
 * @param scale norm after ÷ norm before; 1 where nothing was clipped
 * @param factor what the optimizer is to multiply the gradient by; 1 unless clipped by norm
 */
public record ClipResult(double norm, double scale, double factor) {
  /** Of a gradient that is not finite, of which nothing is used. */
  public static final ClipResult NONE = new ClipResult(Double.NaN, 0, 0);

  /** Of a gradient that stays as it is. */
  public static ClipResult unclipped(double norm) {
    return new ClipResult(norm, 1.0, 1.0);
  }
}
