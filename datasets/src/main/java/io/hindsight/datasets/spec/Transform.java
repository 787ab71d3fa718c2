package io.hindsight.datasets.spec;

import java.io.Serializable;

/** An increasing function of the numbers of a column, which is read and answered in their place. */
public sealed interface Transform extends Serializable {
  /** Numbers as they are. */
  Transform NONE = new None();

  /** ln(1 + x). */
  Transform LOG1P = new Log1p();

  /** ln x. */
  Transform LOG = new BoxCox(0);

  /** The function; of a number that it {@linkplain #refuses} no number. */
  double apply(double value);

  /** The inverse of {@link #apply}; of a number that it never gives, the bound of what it takes. */
  double invert(double transformed);

  /** Whether a number has no transformed one. */
  boolean refuses(double value);

  /**
   * How far a transformed number may be off.
   *
   * @param error how far the number itself may be
   */
  double error(double value, double error);

  /** Numbers as they are. */
  record None() implements Transform {
    @Override
    public double apply(double value) {
      return value;
    }

    @Override
    public double invert(double transformed) {
      return transformed;
    }

    @Override
    public boolean refuses(double value) {
      return false;
    }

    @Override
    public double error(double value, double error) {
      return error;
    }
  }

  /** ln(1 + x), of numbers that are not negative. */
  record Log1p() implements Transform {
    @Override
    public double apply(double value) {
      return StrictMath.log1p(value);
    }

    @Override
    public double invert(double transformed) {
      return StrictMath.expm1(transformed);
    }

    @Override
    public boolean refuses(double value) {
      return value < 0;
    }

    @Override
    public double error(double value, double error) {
      double of = 1 + value;
      return error / of + Math.ulp(StrictMath.log(of));
    }
  }

  /**
   * (x^λ − 1) / λ, and ln x where λ is 0; of numbers above 0 (Box and Cox: <i>An Analysis of
   * Transformations</i>, Journal of the Royal Statistical Society B 26, 1964). With λ above 0 it
   * gives nothing at or below −1/λ, whose inverse is taken to be 0.
   *
   * @param lambda λ, at least 0
   */
  record BoxCox(double lambda) implements Transform {
    public BoxCox {
      if (!(lambda >= 0 && lambda < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("lambda must be at least 0, but is " + lambda);
      }
      lambda += 0.0; // of two zeros only one
    }

    @Override
    public double apply(double value) {
      double log = StrictMath.log(value);
      return lambda == 0 ? log : StrictMath.expm1(lambda * log) / lambda;
    }

    @Override
    public double invert(double transformed) {
      if (lambda == 0) {
        return StrictMath.exp(transformed);
      }
      double power = lambda * transformed; // x^λ − 1
      return power <= -1 ? 0 : StrictMath.exp(StrictMath.log1p(power) / lambda);
    }

    @Override
    public boolean refuses(double value) {
      return value <= 0;
    }

    @Override
    public double error(double value, double error) {
      double log = StrictMath.log(value);
      if (lambda == 0) {
        return error / value + Math.ulp(log);
      }
      double slope = StrictMath.exp((lambda - 1) * log);
      return error * slope + (2 + Math.abs(lambda * log)) * Math.ulp(apply(value));
    }
  }
}
