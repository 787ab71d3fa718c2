package io.hindsight.datasets.rows;

import io.hindsight.datasets.DataException;

/** The refusals of times that are no numbers and do not sort as texts either. */
final class Unsortable {
  private Unsortable() {}

  /** A time that begins with a day or a month, or names one. */
  static DataException notIso(String text, String place) {
    return refusal(DataException.quote(text), place, "write ISO dates: year-month-day");
  }

  /** A time that is written in another way than the first. */
  static DataException unlike(String text, String first, String place) {
    return refusal(
        DataException.quote(text) + " beside " + DataException.quote(first),
        place,
        "zero-pad: 1959-09, or write all times in one format and one offset from UTC");
  }

  private static DataException refusal(String value, String place, String remedy) {
    return new DataException(
        "a time must be a number, or a text that sorts as time does", value, place, remedy);
  }
}
