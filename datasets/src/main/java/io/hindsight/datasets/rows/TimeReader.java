package io.hindsight.datasets.rows;

import io.hindsight.datasets.Numbers;
import java.nio.charset.StandardCharsets;
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
  private TimeKey key;
  private String text;
  private boolean isNumber; // or a timestamp

  public TimeReader(TimeColumns columns, RowFindings findings) {
    this.columns = columns;
    this.findings = findings;
  }

  /** Reads the time in a cell of a row. */
  public void read(Object cell, TablePlace place) {
    if (columns.areTimestamps()) {
      key = TimeKey.ofTimestamp(columns.timestamp(cell));
      text = null;
      isNumber = true;
    } else {
      readText(columns.text(cell), place);
    }
  }

  private void readText(String time, TablePlace place) {
    TimeShape shape = shape(time);
    Optional<TimeKey> number = number(time, shape);
    boolean isFirst = !place.isBeside(toldAt) || (number.isEmpty() && findings.areNumbers());
    if (isFirst || !shape.equals(told)) {
      findings.addTime(new TimeText(time, shape), number.isPresent(), place);
      told = shape;
      toldAt = place;
    }
    key = number.orElseGet(() -> TimeKey.of(time, shape));
    text = time;
    isNumber = number.isPresent();
  }

  private static Optional<TimeKey> number(String time, TimeShape shape) {
    if (shape.isWhole()) {
      return Optional.of(TimeKey.ofWhole(time));
    }
    return shape.mayBeNumber() ? Numbers.decimal(time).map(TimeKey::of) : Optional.empty();
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
  public TimeKey key() {
    return key;
  }

  /** Bytes that sort as the times do, and tell apart those that are not written alike. */
  public byte[] bytes() {
    return isNumber
        ? key.toBytes()
        : new TimeKey(Long.MAX_VALUE, text.getBytes(StandardCharsets.UTF_8)).toBytes();
  }

  /** The time as it is shown; null where the key tells it, as that of a timestamp does. */
  public String text() {
    return text;
  }
}
