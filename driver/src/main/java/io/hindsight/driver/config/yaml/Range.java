package io.hindsight.driver.config.yaml;

/**
 * The numbers allowed for a key.
 *
 * @param low lower bound, may be infinite
 * @param open which of the bounds is itself excluded
 * @param high upper bound, may be infinite
 */
public record Range(double low, double high, Bounds open) {
  /** Which bounds are excluded. */
  enum Bounds {
    /** Both bounds are allowed. */
    NONE,
    /** The lower bound is not allowed. */
    LOW,
    /** The upper bound is not allowed. */
    HIGH,
    /** Neither bound is allowed. */
    BOTH
  }

  /** Any finite number. */
  public static final Range ANY =
      new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Bounds.NONE);

  /** Numbers greater than 0. */
  public static final Range POSITIVE = new Range(0, Double.POSITIVE_INFINITY, Bounds.LOW);

  /** Numbers that are not negative. */
  public static final Range NOT_NEGATIVE = atLeast(0);

  /** 0 ≤ x < 1. */
  public static final Range FRACTION = new Range(0, 1, Bounds.HIGH);

  /** 0 < x < 1. */
  public static final Range INNER_FRACTION = new Range(0, 1, Bounds.BOTH);

  /** 0 < x ≤ 1. */
  public static final Range FACTOR = new Range(0, 1, Bounds.LOW);

  /** x ≥ low. */
  public static Range atLeast(double low) {
    return new Range(low, Double.POSITIVE_INFINITY, Bounds.NONE);
  }

  /** low ≤ x ≤ high. */
  public static Range between(double low, double high) {
    return new Range(low, high, Bounds.NONE);
  }

  /** Whether a finite number is allowed. */
  boolean contains(double x) {
    boolean aboveLow = excludes(Bounds.LOW) ? x > low : x >= low;
    boolean belowHigh = excludes(Bounds.HIGH) ? x < high : x <= high;
    return Double.isFinite(x) && aboveLow && belowHigh;
  }

  private boolean excludes(Bounds bound) {
    return open == bound || open == Bounds.BOTH;
  }

  /** The bounds as a clause to follow a noun, such as {@code that is at least 1}, or nothing. */
  @Override
  public String toString() {
    String above = (excludes(Bounds.LOW) ? "greater than " : "at least ") + shortest(low);
    String below = (excludes(Bounds.HIGH) ? "less than " : "at most ") + shortest(high);
    if (Double.isInfinite(low)) {
      return Double.isInfinite(high) ? "" : " that is " + below;
    }
    return " that is " + (Double.isInfinite(high) ? above : above + " and " + below);
  }

  private static String shortest(double bound) {
    return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
  }
}
