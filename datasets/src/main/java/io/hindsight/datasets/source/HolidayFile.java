package io.hindsight.datasets.source;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.files.TextFiles;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeSet;

/** A text file of dates, one in a line, as 2026-01-01; what follows a number sign is a comment. */
final class HolidayFile {
  private HolidayFile() {}

  /**
   * The dates in ascending order, each once.
   *
   * @param path a Hadoop URI, a path or a glob
   * @throws DataException if it cannot be read, or holds something else
   */
  static List<LocalDate> read(String path) {
    TextFiles files = opened(path);
    int[] characters = files.characters();
    TreeSet<LocalDate> days = new TreeSet<>();
    for (int from = 0; from < characters.length; ) {
      int end = from;
      while (end < characters.length && characters[end] != '\n') {
        end++;
      }
      String line = new String(characters, from, end - from);
      String date = line.replaceFirst("#.*", "").strip();
      if (!date.isEmpty()) {
        days.add(date(date, files.place(from)));
      }
      from = end + 1;
    }
    return List.copyOf(days);
  }

  private static TextFiles opened(String path) {
    try {
      return TextFiles.read(path, TextFiles.list(path));
    } catch (DataException e) {
      throw new DataException(
          "data.holidays must name a text file of dates",
          e.value(),
          path,
          "correct the path, or leave data.holidays out",
          e);
    }
  }

  private static LocalDate date(String text, String place) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new DataException(
          "a line of data.holidays must be a date",
          DataException.quote(text),
          place,
          "write it as 2026-01-01, or # before a comment");
    }
  }
}
