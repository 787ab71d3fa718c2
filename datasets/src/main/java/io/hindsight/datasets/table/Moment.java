package io.hindsight.datasets.table;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Numbers;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A point on the ordering column.
 *
 * @param text as the source shows it
 * @param number its number; absent if it is text that writes none
 */
public record Moment(String text, Optional<BigDecimal> number) {
  /** Dates such as 3/1/1960, whose text does not sort as their time does. */
  private static final Pattern DAY_OR_MONTH_FIRST =
      Pattern.compile("\\d{1,2}[/.-](\\d{1,2}[/.-]\\d{2,4}|\\d{4})\\b.*");

  /** A digit, unless it is of an offset from UTC: times of unlike offsets do not sort as text. */
  private static final Pattern DIGIT_OF_TIME =
      Pattern.compile("[0-9](?<!:[0-9.]{2,12}[+-][0-9:]{1,5})");

  private static final Pattern WORD = Pattern.compile("(?![TZ])\\p{L}");

  /** A text, and the number that it writes, if any. */
  public static Moment ofText(String text) {
    return new Moment(text.strip(), Numbers.decimal(text));
  }

  /** A point in time, shown in ISO form in UTC. */
  static Moment ofInstant(long microsSince1970) {
    Instant instant = Instant.EPOCH.plus(microsSince1970, ChronoUnit.MICROS);
    return new Moment(instant.toString(), Optional.of(BigDecimal.valueOf(microsSince1970)));
  }

  /** A date and time of day of no time zone, as if it were of UTC, shown in ISO form. */
  static Moment ofLocalTime(long microsSince1970) {
    Moment moment = ofInstant(microsSince1970);
    return new Moment(moment.text().replace("Z", ""), moment.number());
  }

  /**
   * A point in time to the nanosecond, shown in ISO form; its number is in microseconds as that of
   * the others.
   *
   * @param isUtc whether it counts from 1970 in UTC, rather than in no zone
   */
  static Moment ofNanos(long nanosSince1970, boolean isUtc) {
    String text = Instant.EPOCH.plusNanos(nanosSince1970).toString();
    return new Moment(
        isUtc ? text : text.replace("Z", ""), Optional.of(BigDecimal.valueOf(nanosSince1970, 3)));
  }

  /**
   * The order of moments: by number if all have one, else by text, which must then have one shape,
   * as ISO dates do: digits and separators in the same positions, no names of months.
   *
   * @param place where a moment stands, for the error
   * @throws DataException for a text that does not sort as time does
   */
  public static Comparator<Moment> order(List<Moment> moments, Function<Moment, String> place) {
    if (moments.stream().allMatch(moment -> moment.number().isPresent())) {
      return Comparator.comparing(moment -> moment.number().orElseThrow());
    }
    for (Moment moment : moments) {
      if (DAY_OR_MONTH_FIRST.matcher(moment.text()).matches()) {
        throw unsortable(
            DataException.quote(moment.text()),
            place.apply(moment),
            "write ISO dates: year-month-day");
      }
    }
    requireOneShape(moments, place);
    return Comparator.comparing(Moment::text);
  }

  private static void requireOneShape(List<Moment> moments, Function<Moment, String> place) {
    String first = moments.get(0).text();
    for (Moment moment : moments) {
      String text = DataException.quote(moment.text());
      if (WORD.matcher(moment.text()).find()) {
        throw unsortable(text, place.apply(moment), "write ISO dates: year-month-day");
      }
      if (!shape(moment.text()).equals(shape(first))) {
        throw unsortable(
            text + " beside " + DataException.quote(first),
            place.apply(moment),
            "zero-pad: 1959-09, or write all times in one format and one offset from UTC");
      }
    }
  }

  private static String shape(String text) {
    return DIGIT_OF_TIME.matcher(text).replaceAll("0");
  }

  private static DataException unsortable(String value, String place, String remedy) {
    return new DataException(
        "a time must be a number, or a text that sorts as time does", value, place, remedy);
  }
}
