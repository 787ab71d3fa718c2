package io.hindsight.datasets;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * Lines of CSV, one a day from January 1, 2024: the id, the date, the number of the day and one of
 * two letters. Of seven sequences one ends on the 18th day and one begins on the 31st; another
 * lacks some days.
 */
public final class DayRows {
  /** The first day. */
  public static final LocalDate FIRST = LocalDate.parse("2024-01-01");

  private DayRows() {}

  /**
   * The lines.
   *
   * @param ending what a line ends with, by its day from 1
   */
  public static List<String> ending(IntFunction<String> ending) {
    TreeMap<String, int[]> ranges = new TreeMap<>();
    ranges.put("old", new int[] {1, 18});
    ranges.put("young", new int[] {31, 40});
    for (int s = 0; s < 5; s++) {
      ranges.put("s" + s, new int[] {1 + s, 40 - s});
    }
    List<String> rows = new ArrayList<>();
    ranges.forEach(
        (id, range) -> {
          for (int day = range[0]; day <= range[1]; day++) {
            if (!id.equals("s3") || day % 7 != 0 && (day < 17 || day > 22)) {
              String letter = "ab".substring(day % 2, day % 2 + 1);
              rows.add(
                  "%s,%s,%d,%s%s"
                      .formatted(id, FIRST.plusDays(day - 1L), day, letter, ending.apply(day)));
            }
          }
        });
    return rows;
  }
}
