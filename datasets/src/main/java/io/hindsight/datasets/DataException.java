package io.hindsight.datasets;

import java.util.Objects;

/**
 * Data that cannot be used: the rule that is broken, the value that breaks it, where it stands, and
 * what to do.
 */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_VALUE = 120;
  private static final int LONGEST_PART = 2_000; // lists of columns, of characters and the like

  private final String rule;
  private final String value;
  private final String place;
  private final String remedy;

  /**
   * A fault in the data.
   *
   * @param rule what must hold, as a clause: {@code "a number must be finite"}
   * @param value the actual value
   * @param place file, row or sequence, and column
   * @param remedy what to do, as an imperative
   */
  public DataException(String rule, String value, String place, String remedy) {
    super(
        "%s, but found %s (%s); %s"
            .formatted(
                part(Objects.requireNonNull(rule, "rule")),
                shorten(oneLine(value)),
                part(place),
                part(remedy)));
    this.rule = rule;
    this.value = value;
    this.place = place;
    this.remedy = remedy;
  }

  /** A fault that another exception revealed; that one stays as the cause for the log. */
  public DataException(String rule, String value, String place, String remedy, Throwable cause) {
    this(rule, value, place, remedy);
    initCause(cause);
  }

  /**
   * The same where a task did not know the file.
   *
   * @param source what the place begins with instead
   */
  public DataException at(String source, String file) {
    return place.startsWith(source)
        ? new DataException(rule, value, file + place.substring(source.length()), remedy, this)
        : this;
  }

  /** What must hold. */
  public String rule() {
    return rule;
  }

  /** What was found instead. */
  public String value() {
    return value;
  }

  /** Where it was found. */
  public String place() {
    return place;
  }

  /** What to do about it. */
  public String remedy() {
    return remedy;
  }

  /** A text in single quotes, as values are shown. */
  public static String quote(Object value) {
    return "'" + value + "'";
  }

  private static String oneLine(String text) {
    return text.replace("\r", "\\r").replace("\n", "\\n");
  }

  private static String part(String text) {
    return Excerpt.of(oneLine(text), LONGEST_PART);
  }

  private static String shorten(String text) {
    return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
  }
}
