package io.hindsight.datasets;

import java.math.BigDecimal;
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
record Moment(String text, Optional<BigDecimal> number) {
  /** Dates such as 3/1/1960, whose text does not sort as their time does. */
  private static final Pattern DAY_OR_MONTH_FIRST =
      Pattern.compile("\\d{1,2}[/.-]\\d{1,2}[/.-]\\d{2,4}\\b.*");

  /**
   * The order of moments: by number if all have one, else by text, in which ISO dates sort right.
   *
   * @param place where a moment stands, for the error
   * @throws DataException for a date whose text does not sort
   */
  static Comparator<Moment> order(List<Moment> moments, Function<Moment, String> place) {
    if (moments.stream().allMatch(moment -> moment.number().isPresent())) {
      return Comparator.comparing(moment -> moment.number().orElseThrow());
    }
    for (Moment moment : moments) {
      if (DAY_OR_MONTH_FIRST.matcher(moment.text()).matches()) {
        throw new DataException(
            "a time must be a number, or a text that sorts as time does",
            DataException.quote(moment.text()),
            place.apply(moment),
            "write ISO dates: year-month-day");
      }
    }
    return Comparator.comparing(Moment::text);
  }
}
