package io.hindsight.datasets.time;

import java.time.Instant;
import java.time.LocalDate;

/** Digits of dates, written where they stand: every row of a table with timestamps has some. */
public final class Digits {
  private static final int DAY = 24 * 60 * 60; // seconds
  private static final int LAST_YEAR = 9999; // of four digits
  private static final long YEAR_0 = -62_167_219_200L; // begins, in seconds since 1970
  private static final long YEAR_10000 = 253_402_300_800L;
  private static final int MILLI = 1_000_000; // nanoseconds
  private static final int MICRO = 1_000;
  private static final String ZERO = "0000-00-00T00:00:00";

  private Digits() {}

  /** Whether a year has four digits. */
  static boolean hasFour(int year) {
    return year >= 0 && year <= LAST_YEAR;
  }

  /** Writes a number, zeros before it, from one position to before another. */
  static void put(char[] text, int from, int to, int number) {
    int left = number;
    for (int i = to - 1; i >= from; i--) {
      text[i] = (char) ('0' + left % 10);
      left /= 10;
    }
  }

  /**
   * A point in time in ISO form, as {@link Instant#toString} writes it.
   *
   * @param seconds since 1970
   * @param nanos of the second
   */
  public static String iso(long seconds, int nanos) {
    if (seconds < YEAR_0 || seconds >= YEAR_10000) {
      return Instant.ofEpochSecond(seconds, nanos).toString();
    }
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(seconds, (long) DAY));
    int second = (int) Math.floorMod(seconds, (long) DAY);
    int fraction = nanos == 0 ? 0 : nanos % MILLI == 0 ? 3 : nanos % MICRO == 0 ? 6 : 9;
    char[] text = new char[ZERO.length() + (fraction == 0 ? 1 : fraction + 2)];
    ZERO.getChars(0, ZERO.length(), text, 0);
    put(text, 0, 4, date.getYear());
    put(text, 5, 7, date.getMonthValue());
    put(text, 8, 10, date.getDayOfMonth());
    put(text, 11, 13, second / 3600);
    put(text, 14, 16, second / 60 % 60);
    put(text, 17, 19, second % 60);
    if (fraction > 0) {
      text[ZERO.length()] = '.';
      int shown = fraction == 3 ? nanos / MILLI : fraction == 6 ? nanos / MICRO : nanos;
      put(text, ZERO.length() + 1, text.length - 1, shown);
    }
    text[text.length - 1] = 'Z';
    return new String(text);
  }
}
