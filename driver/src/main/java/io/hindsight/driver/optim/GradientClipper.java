package io.hindsight.driver.optim;

import io.hindsight.kernels.math.Norms;

/**
 * What is done to a large mean gradient before the update.
 *
 * <p>No kind lets a NaN or an infinity pass: a comparison with NaN is false, so clipping that
 * merely compared would hand such a gradient on to the optimizer.
 */
public sealed interface GradientClipper {
  /**
   * Clips a gradient in place.
   *
   * @param gradient (P), the mean over the step's targets
   * @return its norm before, and how much was left of it
   * @throws NonFiniteGradientException if an element or the norm is NaN or infinite; the gradient
   *     is left as it was
   */
  ClipResult clip(double[] gradient);

  /** Leaves the gradient as it is. */
  record None() implements GradientClipper {
    @Override
    public ClipResult clip(double[] gradient) {
      return new ClipResult(finiteNorm(gradient), 1.0);
    }
  }

  /**
   * Scales the whole gradient by min(1, limit / (norm + 1e−6)), as PyTorch does.
   *
   * @param limit largest global norm
   */
  record ByNorm(double limit) implements GradientClipper {
    @Override
    public ClipResult clip(double[] gradient) {
      double norm = finiteNorm(gradient);
      double scale = Math.min(1.0, limit / (norm + 1e-6));
      if (scale < 1.0) {
        for (int i = 0; i < gradient.length; i++) {
          gradient[i] *= scale;
        }
      }
      return new ClipResult(norm, scale);
    }
  }

  /**
   * Limits each element to ±limit.
   *
   * @param limit largest magnitude
   */
  record ByValue(double limit) implements GradientClipper {
    @Override
    public ClipResult clip(double[] gradient) {
      double norm = finiteNorm(gradient);
      if (Norms.largestMagnitude(gradient) <= limit) {
        return new ClipResult(norm, 1.0);
      }
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] = Math.max(-limit, Math.min(limit, gradient[i]));
      }
      return new ClipResult(norm, Norms.euclidean(gradient) / norm);
    }
  }

  private static double finiteNorm(double[] gradient) {
    double norm = Norms.euclidean(gradient);
    if (!Double.isFinite(norm)) {
      throw NonFiniteGradientException.of(gradient);
    }
    return norm;
  }
}
