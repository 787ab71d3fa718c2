package io.hindsight.datasets.rows;

import io.hindsight.datasets.Numbers;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A time that a table keeps in several columns, written as one text that sorts: year, month, day,
 * hour, minute and second, as many as there are, or a date and then a time of day or an hour, in
 * ISO form; anything else one after another, whole numbers with at least two digits.
 */
public final class TimeParts {
  private static final Pattern YEAR = Pattern.compile("[0-9]{4}");
  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final Pattern TIME_OF_DAY = Pattern.compile("[0-9]{1,2}:[0-9]{2}.*");
  private static final String[] SEPARATORS = {"", "-", "-", "T", ":", ":"};
  private static final int HOUR = 3;

  private TimeParts() {}

  /**
   * One text of all parts.
   *
   * @param parts the texts of the columns' values, largest unit first
   */
  public static String join(List<String> parts) {
    List<String> padded = parts.stream().map(TimeParts::padded).toList();
    boolean whole = padded.stream().allMatch(part -> part.matches("[0-9]+"));
    if (whole && YEAR.matcher(padded.get(0)).matches() && padded.size() <= SEPARATORS.length) {
      return iso(padded, 0);
    }
    if (DATE.matcher(padded.get(0)).matches()) {
      List<String> rest = padded.subList(1, padded.size());
      if (rest.size() == 1 && TIME_OF_DAY.matcher(rest.get(0)).matches()) {
        String time = rest.get(0);
        return padded.get(0) + (time.charAt(1) == ':' ? "T0" : "T") + time;
      }
      if (rest.stream().allMatch(part -> part.matches("[0-9]{2}")) && rest.size() <= HOUR) {
        return padded.get(0) + iso(rest, HOUR);
      }
    }
    return String.join(" ", padded);
  }

  /** Parts with the separators before them; an hour gets its minutes. */
  private static String iso(List<String> parts, int first) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      text.append(SEPARATORS[first + i]).append(parts.get(i));
    }
    return first + parts.size() == HOUR + 1 ? text.append(":00").toString() : text.toString();
  }

  /** A whole number in two digits or more, whether it is written as 7, 07 or 7.0. */
  private static String padded(String part) {
    String text = part.strip();
    Optional<BigDecimal> number = Numbers.decimal(text).map(BigDecimal::stripTrailingZeros);
    if (number.isEmpty() || number.get().scale() > 0 || number.get().signum() < 0) {
      return text;
    }
    return String.format(Locale.ROOT, "%2s", number.get().toPlainString()).replace(' ', '0');
  }

  /** The names of several columns in an error. */
  public static String names(List<String> columns) {
    return columns.stream().collect(Collectors.joining(", "));
  }
}
