package io.hindsight.driver.config;

import java.math.BigDecimal;
import java.math.MathContext;

/** Writes numbers in the fewest digits that read back to the same bits, on every JDK. */
public final class Decimal {
  private Decimal() {}

  /**
   * The shortest decimal of a finite number. {@link Double#toString(double)} is not used because
   * its digits differ between JDK 17 and later ones, and configurations are hashed.
   */
  public static String of(double x) {
    BigDecimal exact = new BigDecimal(x);
    BigDecimal shortest = exact;
    for (int digits = 17; digits >= 1; digits--) {
      BigDecimal rounded = exact.round(new MathContext(digits));
      if (rounded.doubleValue() != x) {
        break;
      }
      shortest = rounded;
    }
    BigDecimal stripped = shortest.stripTrailingZeros();
    int magnitude = stripped.precision() - stripped.scale();
    return magnitude > -5 && magnitude <= 15 ? stripped.toPlainString() : stripped.toString();
  }
}
