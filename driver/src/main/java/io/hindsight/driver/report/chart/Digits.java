package io.hindsight.driver.report.chart;

import java.util.Locale;

/** Numbers as a person would write them. */
public final class Digits {
  private Digits() {}

  /** A number as a person would write it, in at most four significant digits. */
  public static String text(double number) {
    if (!Double.isFinite(number)) {
      return Double.isNaN(number) ? "NaN" : number > 0 ? "∞" : "−∞";
    }
    double size = Math.abs(number);
    if (size == 0) {
      return "0"; // of either sign
    }
    if (size < 1e-3 || size >= 1e7) {
      String[] parts = String.format(Locale.ROOT, "%.3e", number).split("e");
      return trimmed(parts[0]) + "e" + Integer.parseInt(parts[1]);
    }
    int digits = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : 4;
    return trimmed(String.format(Locale.ROOT, "%,." + digits + "f", number));
  }

  private static String trimmed(String decimal) {
    String shorter = decimal.contains(".") ? decimal.replaceFirst("\\.?0+$", "") : decimal;
    return shorter.replace(',', '\u202f').replace('-', '−');
  }
}
