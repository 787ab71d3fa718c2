package io.hindsight.datasets.spec;

import java.io.Serializable;
import java.time.Instant;

/**
 * The parts of the data.
 *
 * <p>A size is a share in [0, 1) of the steps (or characters, or sequences), or a whole number of
 * at least 1 of them: {@code test: 48} is the last 48 steps of every sequence.
 *
 * @param by what is divided
 * @param validation size of the validation part; 0 by date or column
 * @param test size of the test part; the rest is trained on; 0 by date or column
 * @param dates that parts begin at, by date
 * @param column tells the part of each row, by column
 * @param margins steps of each sequence that are of no part
 */
public record Split(
    By by, double validation, double test, Dates dates, PartColumn column, Margins margins)
    implements Serializable {
  /** Parts that have sizes. */
  public Split(By by, double validation, double test) {
    this(by, validation, test, Dates.NONE, PartColumn.NONE, Margins.NONE);
  }

  /** Parts that begin at points in time. */
  public static Split byDate(Dates dates) {
    return new Split(By.DATE, 0, 0, dates, PartColumn.NONE, Margins.NONE);
  }

  /** Parts that a column of the table tells. */
  public static Split byColumn(PartColumn column) {
    return new Split(By.COLUMN, 0, 0, Dates.NONE, column, Margins.NONE);
  }

  /** The same parts with other margins. */
  public Split with(Margins other) {
    return new Split(by, validation, test, dates, column, other);
  }

  /** What a split divides; never single rows. */
  public enum By {
    /** Each sequence's time: the last steps are the test part, those before them validation. */
    TIME,
    /** Whole sequences, by a hash of their id. */
    ID,
    /** All time: parts begin at the same points in time in every sequence. */
    DATE,
    /** Rows, as a column of the table says: the later ones of a sequence are of the later part. */
    COLUMN
  }

  /**
   * Points in time that parts begin at. There is no test part if it begins at {@link Instant#MAX},
   * and no validation part if it begins with the test part.
   *
   * @param validationFrom the start of the validation part, at most {@code testFrom}
   * @param testFrom the start of the test part
   * @param testTo its end, from which on nothing is scored; {@link Instant#MAX} if it has none
   */
  public record Dates(Instant validationFrom, Instant testFrom, Instant testTo)
      implements Serializable {
    /** Everything is trained on. */
    public static final Dates NONE = new Dates(Instant.MAX, Instant.MAX);

    /** Parts of which the last does not end. */
    public Dates(Instant validationFrom, Instant testFrom) {
      this(validationFrom, testFrom, Instant.MAX);
    }
  }

  /**
   * Steps of a sequence that are of no part.
   *
   * @param embargo what the part before validation, and that before the test part, leaves out
   * @param after last steps, of those that the size of the test part counts, that are not scored
   */
  public record Margins(Embargo embargo, int after) implements Serializable {
    /** Every step is of a part. */
    public static final Margins NONE = new Margins(Embargo.NONE, 0);

    /** Margins of steps. */
    public Margins(int embargo, int after) {
      this(new Embargo.Steps(embargo), after);
    }
  }

  /** Whether a validation part is asked for. */
  public boolean hasValidation() {
    return validation > 0
        || dates.validationFrom.isBefore(dates.testFrom)
        || !column.validation().isEmpty();
  }

  /** Whether a test part is asked for. */
  public boolean hasTest() {
    return test > 0 || dates.testFrom.isBefore(Instant.MAX) || !column.test().isEmpty();
  }

  /** Whether a number may stand as the size of a part: in [0, 1), or a whole number. */
  public static boolean isSize(double size) {
    return size >= 0 && size <= Integer.MAX_VALUE && (size < 1 || size == StrictMath.rint(size));
  }

  /**
   * How many of {@code total} a size stands for: the rounded share, or the whole number, at most
   * all.
   */
  public static int count(double size, int total) {
    double wanted = size < 1 ? StrictMath.rint(size * total) : size;
    return (int) Math.min(total, wanted);
  }
}
