package io.hindsight.datasets.rows.steps;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.columns.Part;
import io.hindsight.datasets.grid.Duplicates;
import io.hindsight.datasets.rows.RowLayout;
import io.hindsight.datasets.sums.Moments;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The rows of a sequence that have one time, as the one step that is read of them. */
public final class SameTime {
  private static final int[] MEANS = {StepValues.INPUTS, StepValues.NUMBERS, StepValues.WEIGHT};
  private static final int[] EQUAL = {
    StepValues.LABEL, StepValues.CATEGORIES, StepValues.FIXED, StepValues.RANK, StepValues.KEPT
  };

  private final RowLayout layout;
  private final List<byte[]> steps = new ArrayList<>(1);
  private String time; // of several spellings the first in order, or that of the last row

  /** None yet. */
  public SameTime(RowLayout layout) {
    this.layout = layout;
  }

  /** Forgets all rows. */
  public void clear() {
    steps.clear();
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return steps.isEmpty();
  }

  /**
   * Takes the next row.
   *
   * @param text its time as it is shown
   * @param values as {@link StepValues} has them
   */
  public void add(String text, byte[] values) {
    boolean last = layout.duplicates() == Duplicates.LAST;
    if (last) {
      steps.clear();
    }
    time = steps.isEmpty() || text.compareTo(time) < 0 ? text : time;
    steps.add(values);
  }

  /** The time as it is shown. */
  public String time() {
    return time;
  }

  /** The values of the first row. */
  public byte[] first() {
    return steps.get(0);
  }

  /**
   * The values of the step.
   *
   * @param id of the sequence, for errors
   * @throws DataException if rows have not the same where there is no mean
   */
  public byte[] values(String id) {
    if (steps.size() == 1) {
      return first();
    }
    List<StepParts> full = steps.stream().filter(StepValues::areThere).map(StepParts::of).toList();
    List<StepParts> rows = full.isEmpty() ? steps.stream().map(StepParts::of).toList() : full;
    StepParts one = rows.get(0);
    for (int part : EQUAL) {
      if (part != StepValues.KEPT || !layout.keepsTag()) {
        requireEqual(rows, part, id);
      }
    }
    for (int part : MEANS) {
      if (one.get(part) != null) {
        one = one.with(part, means(rows, part));
      }
    }
    byte[] bytes = one.toBytes();
    return steps.stream().allMatch(StepValues::areAhead) ? StepValues.ahead(bytes) : bytes;
  }

  /** The mean of each number that is there, of exact sums and rounded once; NaN of none. */
  private static byte[] means(List<StepParts> rows, int part) {
    int count = rows.stream().mapToInt(row -> row.get(part).length).min().orElse(0) / Double.BYTES;
    ByteBuffer means = ByteBuffer.allocate(count * Double.BYTES);
    for (int i = 0; i < count; i++) {
      Moments moments = new Moments();
      boolean isThere = false;
      for (StepParts row : rows) {
        double number = ByteBuffer.wrap(row.get(part)).getDouble(i * Double.BYTES);
        if (!Double.isNaN(number)) {
          moments.add(number);
          isThere = true;
        }
      }
      means.putDouble(isThere ? moments.mean() : Double.NaN);
    }
    return means.array();
  }

  private void requireEqual(List<StepParts> rows, int part, String id) {
    List<String> texts =
        rows.stream().map(row -> text(part, row.get(part))).distinct().sorted().toList();
    if (texts.size() > 1) {
      throw new DataException(
          "rows of one time have a mean of their numbers only, and must be alike in " + what(part),
          "%s and %s".formatted(quoted(texts.get(0)), quoted(texts.get(1))),
          "%s, sequence '%s', time %s".formatted(layout.source(), id, time),
          "use data.duplicates: last, or remove one of the rows");
    }
  }

  private static String quoted(String text) {
    return DataException.quote(text);
  }

  private String what(int part) {
    return switch (part) {
      case StepValues.LABEL -> "the label, column " + layout.label().orElse("");
      case StepValues.CATEGORIES -> "the categories, columns " + layout.side().ofSteps();
      case StepValues.FIXED -> "the columns of data.static, " + layout.side().statics();
      case StepValues.RANK -> "their part of the data, column " + layout.part().name();
      default -> "the columns that are kept";
    };
  }

  /** What a part holds, for people; texts that differ where parts do. */
  private static String text(int part, byte[] bytes) {
    if (bytes == null) {
      return "";
    }
    if (part == StepValues.LABEL || part == StepValues.KEPT) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
    if (part == StepValues.RANK) {
      return Part.values()[bytes[0]].text();
    }
    ByteBuffer left = ByteBuffer.wrap(bytes);
    List<String> texts = new ArrayList<>();
    for (int n = part == StepValues.FIXED ? left.getInt() : 0; n > 0; n--) {
      texts.add(String.valueOf(left.getDouble() + 0.0)); // −0 is 0
    }
    while (left.hasRemaining()) {
      byte[] name = new byte[Math.max(0, left.getInt())];
      left.get(name);
      texts.add(new String(name, StandardCharsets.UTF_8));
    }
    return String.join(", ", texts);
  }
}
