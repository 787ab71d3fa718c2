package io.hindsight.datasets.encoding;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The spelling of class labels. A label is a text; only a whole number may be written in two ways,
 * with and without a fraction of zeros, since tools turn the column 1, 2, 3 into 1.0, 2.0, 3.0 as
 * soon as one value is missing.
 *
 * <p>Nothing else is taken for a number: 007 is not 7, 1e3 is not 1000, and version 1.10 is not
 * version 1.1.
 */
public final class LabelText {
  private static final Pattern WHOLE = Pattern.compile("(-?)(0|[1-9][0-9]*)(\\.0*)?");

  /** From here on {@link Double#toString} writes an exponent. */
  private static final double PLAIN = 1e7;

  private LabelText() {}

  /** The text of a cell, numbers without an exponent where they are whole. */
  public static String of(Object value) {
    if (value instanceof BigDecimal decimal) {
      BigDecimal stripped = decimal.stripTrailingZeros();
      return (stripped.scale() > 0 ? stripped : decimal).toPlainString();
    }
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      boolean whole = Math.abs(number) >= PLAIN && number == Math.rint(number);
      if (whole && Double.isFinite(number)) {
        return new BigDecimal(number).toPlainString();
      }
    }
    return value.toString().strip();
  }

  /** Whether a label is a whole number, in digits. */
  public static boolean isWhole(String label) {
    return WHOLE.matcher(label).matches();
  }

  /** What labels that are one and the same have in common. */
  public static String key(String label) {
    Matcher whole = WHOLE.matcher(label);
    if (!whole.matches()) {
      return label;
    }
    String digits = whole.group(2);
    return digits.equals("0") ? digits : whole.group(1) + digits;
  }
}
