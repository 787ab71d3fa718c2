package io.hindsight.driver.score.interval;

import io.hindsight.datasets.Decimal;
import java.math.BigDecimal;

/** The name of a quantile, as {@code q10} of the level 0.1 and {@code q2_5} of 0.025. */
public final class QuantileName {
  private QuantileName() {}

  /** The name of a level in (0, 1); no dot is in it. */
  public static String of(double level) {
    return "q" + percent(new BigDecimal(Decimal.of(level)));
  }

  /** A share in percent, without a dot. */
  static String percent(BigDecimal share) {
    return share.movePointRight(2).stripTrailingZeros().toPlainString().replace('.', '_');
  }
}
