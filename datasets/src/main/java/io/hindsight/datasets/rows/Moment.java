package io.hindsight.datasets.rows;

import io.hindsight.datasets.Numbers;
import io.hindsight.datasets.time.Digits;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A point on the ordering column.
 *
 * @param text as the source shows it
 * @param number its number; absent if it is text that writes none
 */
public record Moment(String text, Optional<BigDecimal> number) {
  private static final long MICROS = 1_000_000; // of a second
  private static final long NANOS = 1_000_000_000;

  /** A text, and the number that it writes, if any. */
  public static Moment ofText(String text) {
    return new Moment(text.strip(), Numbers.decimal(text));
  }

  /** A point in time, shown in ISO form in UTC. */
  static Moment ofInstant(long microsSince1970) {
    long seconds = Math.floorDiv(microsSince1970, MICROS);
    int nanos = (int) Math.floorMod(microsSince1970, MICROS) * 1000;
    return new Moment(Digits.iso(seconds, nanos), Optional.of(BigDecimal.valueOf(microsSince1970)));
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
    long seconds = Math.floorDiv(nanosSince1970, NANOS);
    String text = Digits.iso(seconds, (int) Math.floorMod(nanosSince1970, NANOS));
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
    List<TimeShape> shapes = moments.stream().map(moment -> TimeShape.of(moment.text())).toList();
    for (int i = 0; i < shapes.size(); i++) {
      if (shapes.get(i).dayOrMonthFirst()) {
        throw Unsortable.notIso(moments.get(i).text(), place.apply(moments.get(i)));
      }
    }
    requireOneShape(moments, shapes, place);
    return Comparator.comparing(Moment::text);
  }

  private static void requireOneShape(
      List<Moment> moments, List<TimeShape> shapes, Function<Moment, String> place) {
    String first = moments.get(0).text();
    for (int i = 0; i < shapes.size(); i++) {
      Moment moment = moments.get(i);
      if (shapes.get(i).hasWord()) {
        throw Unsortable.notIso(moment.text(), place.apply(moment));
      }
      if (!shapes.get(i).equals(shapes.get(0))) {
        throw Unsortable.unlike(moment.text(), first, place.apply(moment));
      }
    }
  }
}
