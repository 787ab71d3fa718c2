package io.hindsight.datasets.time;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

/**
 * Writes points in time as other times of a table are written; {@link InstantReader} reads them.
 */
public final class InstantWriter {
  private static final int YEAR = 4; // digits

  private final ZoneId zone;

  /**
   * A writer.
   *
   * @param zone of times that do not tell theirs
   */
  public InstantWriter(ZoneId zone) {
    this.zone = zone;
  }

  /**
   * A time.
   *
   * @param like a time of the table, which is a point in time
   */
  public String write(Instant time, String like) {
    boolean isYear = like.length() == YEAR;
    DateForm form = DateForm.of(isYear ? like + "-01" : like).orElseThrow();
    ZoneId own = form.offset().map(offset -> (ZoneId) offset).orElse(zone);
    LocalDateTime local = LocalDateTime.ofInstant(time, own);
    String text = form.write(local);
    return isYear ? text.substring(0, text.length() - "-01".length()) : text;
  }
}
