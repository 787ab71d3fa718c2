package io.hindsight.kernels.loss.element;

import io.hindsight.kernels.math.special.Digamma;
import io.hindsight.kernels.math.special.LogGamma;
import io.hindsight.kernels.network.OutputSpec;
import java.util.List;

/**
 * The losses of {@link ElementLoss} as they are defined, term by term, of the elements e of a
 * target, and their derivatives: of moderate parameters the same up to rounding.
 */
public final class PlainElement {
  private final OutputSpec output;

  /** For an output whose elements have several raw values, or counts. */
  public PlainElement(OutputSpec output) {
    this.output = output;
  }

  /**
   * l(y; z).
   *
   * @param z of element e // (P)
   */
  public double forward(double[] z, int e, double y) {
    return ofParameters(parameters(z, e), y);
  }

  /**
   * What the raw values stand for: quantiles as they are, or a distribution's parameters // (P).
   */
  public double[] parameters(double[] z, int e) {
    return switch (output.loss()) {
      case GAUSSIAN -> new double[] {z[0], softplus(z[1]) + 1e-6};
      case STUDENT_T -> new double[] {z[0], softplus(z[1]) + 1e-6, 2 + softplus(z[2])};
      case NEGATIVE_BINOMIAL -> new double[] {output.scale(e) * softplus(z[0]), softplus(z[1])};
      case POISSON -> new double[] {output.scale(e) * softplus(z[0])};
      default -> z.clone();
    };
  }

  /**
   * The loss of an answer that is given by its parameters.
   *
   * @param of as by {@link #parameters} // (P)
   */
  public double ofParameters(double[] of, double y) {
    return switch (output.loss()) {
      case PINBALL -> pinball(output.options().quantiles(), of, y);
      case GAUSSIAN -> 0.5 * Math.log(2 * Math.PI) + Math.log(of[1]) + square(y, of) / 2;
      case STUDENT_T -> studentT(square(y, of), of[1], of[2]);
      case NEGATIVE_BINOMIAL -> negativeBinomial(of[0], of[1], y);
      case POISSON -> of[0] - y * Math.log(of[0]) + LogGamma.of(y + 1);
      default -> throw new IllegalStateException(output.loss() + " is no loss of raw values");
    };
  }

  private static double square(double y, double[] of) {
    return (y - of[0]) / of[1] * ((y - of[0]) / of[1]);
  }

  private static double pinball(List<Double> quantiles, double[] z, double y) {
    double sum = 0;
    for (int p = 0; p < z.length; p++) {
      double q = quantiles.get(p);
      sum += Math.max(q * (y - z[p]), (q - 1) * (y - z[p]));
    }
    return sum;
  }

  private static double studentT(double square, double scale, double freedom) {
    return LogGamma.of(freedom / 2)
        - LogGamma.of((freedom + 1) / 2)
        + 0.5 * Math.log(freedom * Math.PI)
        + Math.log(scale)
        + (freedom + 1) / 2 * Math.log1p(square / freedom);
  }

  private static double negativeBinomial(double mean, double alpha, double y) {
    double r = 1 / alpha;
    return LogGamma.of(r)
        + LogGamma.of(y + 1)
        - LogGamma.of(y + r)
        + r * Math.log1p(alpha * mean)
        + y * Math.log1p(1 / (alpha * mean));
  }

  /** dl/dz of {@link #forward} // (P). */
  public double[] backward(double[] z, int e, double y) {
    double[] of = parameters(z, e);
    double[] d = byParameters(of, y);
    switch (output.loss()) {
      case GAUSSIAN -> d[1] *= sigmoid(z[1]);
      case STUDENT_T -> {
        d[1] *= sigmoid(z[1]);
        d[2] *= sigmoid(z[2]);
      }
      case NEGATIVE_BINOMIAL -> {
        d[0] *= output.scale(e) * sigmoid(z[0]);
        d[1] *= sigmoid(z[1]);
      }
      case POISSON -> d[0] *= output.scale(e) * sigmoid(z[0]);
      default -> {}
    }
    return d;
  }

  private double[] byParameters(double[] of, double y) {
    return switch (output.loss()) {
      case PINBALL -> pinballSlopes(output.options().quantiles(), of, y);
      case GAUSSIAN -> new double[] {-(y - of[0]) / (of[1] * of[1]), (1 - square(y, of)) / of[1]};
      case STUDENT_T -> studentSlopes(y - of[0], square(y, of), of[1], of[2]);
      case NEGATIVE_BINOMIAL -> negativeBinomialSlopes(of[0], of[1], y);
      case POISSON -> new double[] {1 - y / of[0]};
      default -> throw new IllegalStateException(output.loss() + " is no loss of raw values");
    };
  }

  private static double[] pinballSlopes(List<Double> quantiles, double[] z, double y) {
    double[] d = new double[z.length];
    for (int p = 0; p < z.length; p++) {
      double q = quantiles.get(p);
      d[p] = y > z[p] ? -q : y < z[p] ? 1 - q : 0;
    }
    return d;
  }

  private static double[] studentSlopes(double error, double square, double scale, double freedom) {
    double u = square / freedom;
    double perOne = (freedom + 1) / (freedom * (1 + u));
    double ofGamma = Digamma.of(freedom / 2) - Digamma.of((freedom + 1) / 2) + 1 / freedom;
    return new double[] {
      -perOne * error / (scale * scale),
      (1 - perOne * square) / scale,
      0.5 * (ofGamma + Math.log1p(u) - perOne * u)
    };
  }

  private static double[] negativeBinomialSlopes(double mean, double alpha, double y) {
    double r = 1 / alpha;
    double byR = Digamma.of(r) - Digamma.of(y + r) + Math.log1p(alpha * mean);
    return new double[] {
      1 / (1 + alpha * mean) - y / (mean * (1 + alpha * mean)),
      -r * r * byR + r * mean / (1 + alpha * mean) - y * r / (1 + alpha * mean)
    };
  }

  private static double softplus(double z) {
    return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
  }

  private static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }
}
