package io.hindsight.datasets;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalDouble;

/** Numbers as tables hold them: typed, or written as text. */
public final class Numbers {
  /** More places than any double has before or after its point. */
  private static final int MOST_PLACES = 1100;

  private Numbers() {}

  /**
   * The number that a cell holds, which may be infinite or NaN; absent if it holds none.
   *
   * @param decimal the character before the fraction of a number in text: a point, or a comma
   */
  public static OptionalDouble read(Object cell, char decimal) {
    return cell instanceof String text && decimal == ','
        ? text.indexOf('.') < 0 ? read(text.replace(',', '.')) : OptionalDouble.empty()
        : read(cell);
  }

  private static OptionalDouble read(Object cell) {
    if (cell instanceof Number number) {
      return OptionalDouble.of(number.doubleValue());
    }
    if (cell instanceof Boolean truth) {
      return OptionalDouble.of(truth ? 1 : 0);
    }
    return cell instanceof String text ? parse(spelledOut(text.strip())) : OptionalDouble.empty();
  }

  /**
   * The exact decimal number that a text writes; absent if it writes none, or NaN or ±Inf, or one
   * with {@value #MOST_PLACES} zeros or more that it does not write: sums and differences with it
   * would write them.
   */
  public static Optional<BigDecimal> decimal(String text) {
    try {
      return Optional.of(new BigDecimal(text.strip()))
          .filter(number -> Math.abs((long) number.scale()) < MOST_PLACES + text.length());
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Java's syntax without its type suffixes and hexadecimals, which no data file means. */
  private static OptionalDouble parse(String text) {
    if (text.isEmpty() || "dDfF".indexOf(text.charAt(text.length() - 1)) >= 0) {
      return OptionalDouble.empty();
    }
    if (text.indexOf('x') >= 0 || text.indexOf('X') >= 0) {
      return OptionalDouble.empty();
    }
    try {
      return OptionalDouble.of(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  /** Other spellings of the numbers that are refused, so that they are refused as what they are. */
  private static String spelledOut(String text) {
    return switch (text) {
      case "true", "True", "TRUE" -> "1";
      case "false", "False", "FALSE" -> "0";
      case "nan", "NAN" -> "NaN";
      case "inf", "Inf", "+inf", "+Inf" -> "Infinity";
      case "-inf", "-Inf" -> "-Infinity";
      default -> text;
    };
  }
}
