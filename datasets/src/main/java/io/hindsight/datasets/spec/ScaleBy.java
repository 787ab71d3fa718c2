package io.hindsight.datasets.spec;

/**
 * What the scaling of inputs and numeric targets is fitted to.
 *
 * @param window rows of a window, at least {@value #SHORTEST}; 0 of another kind
 */
public record ScaleBy(Kind kind, int window) {
  /** Rows of the shortest window: of fewer each value is its own mean. */
  public static final int SHORTEST = 2;

  /** The training part of all sequences together. */
  public static final ScaleBy TABLE = new ScaleBy(Kind.TABLE, 0);

  /** Each sequence alone. */
  public static final ScaleBy SEQUENCE = new ScaleBy(Kind.SEQUENCE, 0);

  /** Whose numbers are looked at. */
  public enum Kind {
    /** The training part of all sequences together. */
    TABLE,
    /** Each sequence alone, before its first step that is validation or test part. */
    SEQUENCE,
    /** At each row of a sequence the last rows up to it, and none behind. */
    WINDOW
  }

  public ScaleBy {
    if (window < (kind == Kind.WINDOW ? SHORTEST : 0) || (kind != Kind.WINDOW && window != 0)) {
      throw new IllegalArgumentException("no window of %d rows for %s".formatted(window, kind));
    }
  }

  /** By the last so many rows at each row. */
  public static ScaleBy window(int rows) {
    return new ScaleBy(Kind.WINDOW, rows);
  }

  /** Whether all sequences have one scale. */
  public boolean isTable() {
    return kind == Kind.TABLE;
  }

  /** Whether each row has a scale. */
  public boolean isWindow() {
    return kind == Kind.WINDOW;
  }
}
