package io.hindsight.datasets.spec;

/**
 * UTF-8 text, as characters (Unicode code points); the target is the next character.
 *
 * @param path a Hadoop URI or glob; several files are read in the order of their names
 * @param split parts; always by time
 * @param unknown what is done about characters that training did not see
 * @param rare with a token for unknown characters, those that training sees less often are unknown,
 *     too
 */
public record TextSpec(String path, Split split, Unknown unknown, int rare) implements DataSpec {
  /** Knows each character that training sees. */
  public static final int ALL = 1;

  /** Does not know those that it sees once, so that it learns what unknown ones are like. */
  public static final int USUALLY_RARE = 2;

  /** A text of which each character that training sees is known. */
  public TextSpec(String path, Split split, Unknown unknown) {
    this(path, split, unknown, ALL);
  }

  /** A text whose unknown characters are refused. */
  public TextSpec(String path, Split split) {
    this(path, split, Unknown.REFUSE);
  }
}
