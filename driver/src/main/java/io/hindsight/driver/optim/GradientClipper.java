package io.hindsight.driver.optim;

import io.hindsight.kernels.math.choice.Norms;
import io.hindsight.kernels.parallel.RangeLoop;

/**
 * What is done to a large mean gradient before the update.
 *
 * <p>No kind lets a NaN or an infinity pass: a comparison with NaN is false, so clipping that
 * merely compared would hand such a gradient on to the optimizer.
 */
public sealed interface GradientClipper {
  /**
   * Clips a gradient: by value in place; by norm only the factor is found, because the optimizer
   * reads the gradient anyway.
   *
   * @param gradient (P), the mean over the step's targets
   * @return its norm before, how much is left of it, and the factor still to be applied
   * @throws NonFiniteGradientException if an element or the norm is NaN or infinite; the gradient
   *     is left as it was
   */
  default ClipResult clip(double[] gradient) {
    return clip(gradient, RangeLoop.SERIAL);
  }

  /**
   * As the other. The norm is one thread's: its order of addition is fixed.
   *
   * @param loop over the gradient, for what is done to each element
   */
  ClipResult clip(double[] gradient, RangeLoop loop);

  /** Leaves the gradient as it is. */
  record None() implements GradientClipper {
    @Override
    public ClipResult clip(double[] gradient, RangeLoop loop) {
      return ClipResult.unclipped(finiteNorm(gradient));
    }
  }

  /**
   * Scales the whole gradient by min(1, limit / (norm + 1e−6)), as PyTorch does.
   *
   * @param limit largest global norm
   */
  record ByNorm(double limit) implements GradientClipper {
    @Override
    public ClipResult clip(double[] gradient, RangeLoop loop) {
      double norm = finiteNorm(gradient);
      double scale = Math.min(1.0, limit / (norm + 1e-6));
      return new ClipResult(norm, scale, scale);
    }
  }

  /**
   * Limits each element to ±limit.
   *
   * @param limit largest magnitude
   */
  record ByValue(double limit) implements GradientClipper {
    @Override
    public ClipResult clip(double[] gradient, RangeLoop loop) {
      double norm = finiteNorm(gradient);
      if (Norms.largestMagnitude(gradient) <= limit) {
        return ClipResult.unclipped(norm);
      }
      loop.run(gradient.length, (from, end) -> clamp(gradient, from, end));
      return new ClipResult(norm, Norms.euclidean(gradient) / norm, 1.0);
    }

    private void clamp(double[] gradient, int from, int end) {
      for (int i = from; i < end; i++) {
        gradient[i] = Math.max(-limit, Math.min(limit, gradient[i]));
      }
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
