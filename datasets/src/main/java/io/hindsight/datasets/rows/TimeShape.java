package io.hindsight.datasets.rows;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a time is written: where its digits stand, and which characters stand elsewhere. Times that
 * are written alike sort as texts as they do in time, unless a day or the name of a month is before
 * the year.
 */
final class TimeShape implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Digits that a long can hold, whichever they are. */
  static final int MOST_DIGITS = 18;

  private static final int SPARE_BITS = 3; // of a long, beside its sign

  /** Dates such as 3/1/1960, whose text does not sort as their time does. */
  private static final Pattern DAY_OR_MONTH_FIRST =
      Pattern.compile("\\d{1,2}[/.-](\\d{1,2}[/.-]\\d{2,4}|\\d{4})\\b.*");

  /** A digit, unless it is of an offset from UTC: times of unlike offsets do not sort as text. */
  private static final Pattern DIGIT_OF_TIME =
      Pattern.compile("[0-9](?<!:[0-9.]{2,12}[+-][0-9:]{1,5})");

  /** Of signs within a number one follows a letter, that of its exponent. */
  private static final Pattern NO_NUMBER = Pattern.compile(".*([:/_ ]|[0-9][+-]).*");

  private static final Pattern WORD = Pattern.compile("(?![TZ])\\p{L}");

  private final String written; // with 0 for the digits of a time
  private final boolean[] digits; // by position
  private final boolean dayOrMonthFirst;
  private final boolean hasWord;
  private final boolean mayBeNumber;
  private final int count; // of the digits

  private TimeShape(String text) {
    StringBuilder shape = new StringBuilder(text);
    digits = new boolean[text.length()];
    Matcher digit = DIGIT_OF_TIME.matcher(text);
    int found = 0;
    for (; digit.find(); found++) {
      digits[digit.start()] = true;
      shape.setCharAt(digit.start(), '0');
    }
    count = found;
    written = shape.toString();
    dayOrMonthFirst = DAY_OR_MONTH_FIRST.matcher(text).matches();
    hasWord = WORD.matcher(text).find();
    mayBeNumber = !NO_NUMBER.matcher(written).matches();
  }

  /** The shape of a text. */
  static TimeShape of(String text) {
    return new TimeShape(text);
  }

  /** Whether a text has this shape; quicker than to find its own. */
  boolean fits(String text) {
    if (text.length() != digits.length) {
      return false;
    }
    for (int i = 0; i < digits.length; i++) {
      char c = text.charAt(i);
      if (digits[i] ? c < '0' || c > '9' : c != written.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether {@link #digits} tells apart all texts of this shape. */
  boolean hasFewDigits() {
    return count <= MOST_DIGITS;
  }

  /** Whether it is a whole number without a sign, and has few digits. */
  boolean isWhole() {
    return count == digits.length && count > 0 && hasFewDigits();
  }

  /**
   * A number by which texts of this shape sort: that of their first digits, as if they had {@value
   * #MOST_DIGITS}, in the upper bits.
   */
  long digits(String text) {
    long number = 0;
    int left = MOST_DIGITS;
    for (int i = 0; i < digits.length && left > 0; i++) {
      if (digits[i]) {
        number = 10 * number + (text.charAt(i) - '0');
        left--;
      }
    }
    for (; left > 0; left--) {
      number *= 10;
    }
    return number << SPARE_BITS;
  }

  /** Whether it begins with a day or a month in digits. */
  boolean dayOrMonthFirst() {
    return dayOrMonthFirst;
  }

  /** Whether it names a month, or holds other letters than those of ISO times. */
  boolean hasWord() {
    return hasWord;
  }

  /** Whether it is worth while to read it as a number. */
  boolean mayBeNumber() {
    return mayBeNumber;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TimeShape shape && shape.written.equals(written);
  }

  @Override
  public int hashCode() {
    return written.hashCode();
  }
}
