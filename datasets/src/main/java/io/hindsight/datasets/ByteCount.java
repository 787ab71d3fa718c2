package io.hindsight.datasets;

import java.util.Locale;

/** Amounts of memory as people write them; units are powers of 1024. */
public final class ByteCount {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};
  private static final double STEP = 1024;
  private static final long MEBI = 1 << 20;

  private ByteCount() {}

  /** Three digits and a unit, such as {@code 1.50 MiB}. */
  public static String text(long bytes) {
    double value = bytes;
    int unit = 0;
    while (Math.abs(value) >= STEP && unit < UNITS.length - 1) {
      value /= STEP;
      unit++;
    }
    String form = unit == 0 || value >= 100 ? "%.0f %s" : value >= 10 ? "%.1f %s" : "%.2f %s";
    return String.format(Locale.ROOT, form, value, UNITS[unit]);
  }

  /** As Java and Spark read it, in whole MiB or GiB rounded up: {@code 900m}, {@code 3g}. */
  public static String setting(long bytes) {
    long mebi = (bytes + MEBI - 1) / MEBI;
    return mebi < 2 * STEP ? mebi + "m" : (long) Math.ceil(mebi / STEP) + "g";
  }
}
