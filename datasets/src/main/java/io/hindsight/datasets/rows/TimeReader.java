package io.hindsight.datasets.rows;

import io.hindsight.datasets.Numbers;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the times of a partition's rows, one row after the other. */
public final class TimeReader {
  private static final int MOST_SHAPES = 16;
  private static final int LONGEST_TIME = 64; // of a shape that is kept

  private final TimeColumns columns;
  private final RowFindings findings;
  private final List<TimeShape> shapes = new ArrayList<>();
  private TimeShape told;
  private TablePlace toldAt;
  private byte[] key;
  private String text;

  public TimeReader(TimeColumns columns, RowFindings findings) {
    this.columns = columns;
    this.findings = findings;
  }

  /** Reads the time in a cell of a row. */
  public void read(Object cell, TablePlace place) {
    if (columns.areTimestamps()) {
      key = TimeKey.ofTimestamp(columns.timestamp(cell));
      text = null;
    } else {
      readText(columns.text(cell), place);
    }
  }

  private void readText(String time, TablePlace place) {
    TimeShape shape = shape(time);
    Optional<BigDecimal> number = shape.mayBeNumber() ? Numbers.decimal(time) : Optional.empty();
    boolean isFirst = !place.isBeside(toldAt) || (number.isEmpty() && findings.areNumbers());
    if (isFirst || !shape.equals(told)) {
      findings.addTime(new TimeText(time, shape), number.isPresent(), place);
      told = shape;
      toldAt = place;
    }
    key = number.map(TimeKey::of).orElseGet(() -> TimeKey.of(time));
    text = number.isPresent() ? time : null;
  }

  /** As a rule all times have the shape of the one before. */
  private TimeShape shape(String time) {
    for (TimeShape shape : shapes) {
      if (shape.fits(time)) {
        return shape;
      }
    }
    TimeShape shape = TimeShape.of(time);
    if (time.length() <= LONGEST_TIME) {
      if (shapes.size() == MOST_SHAPES) {
        shapes.remove(0);
      }
      shapes.add(shape);
    }
    return shape;
  }

  /** By which the rows of a sequence are sorted. */
  public byte[] key() {
    return key;
  }

  /** The time as it is shown; null where the key tells it. */
  public String text() {
    return text;
  }

  /**
   * The time of a row as it is shown.
   *
   * @param text as this class gave it
   */
  public static String text(TimeColumns columns, byte[] key, String text) {
    if (text != null) {
      return text;
    }
    return columns.areTimestamps()
        ? columns.moment(TimeKey.timestamp(key)).text()
        : TimeKey.text(key);
  }
}
