package io.hindsight.kernels.network;

/**
 * A table in which each category has a row of numbers, which are trained.
 *
 * @param rows categories, at least 1
 * @param width numbers of a row, at least 1
 * @param ofSequence whether the category belongs to the whole sequence rather than to each step
 */
public record EmbeddingSpec(int rows, int width, boolean ofSequence) {
  public EmbeddingSpec {
    NetworkSpec.requirePositive("rows of a table", rows);
    NetworkSpec.requirePositive("the width of a table", width);
  }

  /** The same table with rows of another width. */
  public EmbeddingSpec withWidth(int other) {
    return new EmbeddingSpec(rows, other, ofSequence);
  }

  /** The width for so many categories where none is asked for: 1.6·rows^0.56, at most 600. */
  public static int widthFor(int rows) {
    return Math.min(600, (int) StrictMath.rint(1.6 * StrictMath.pow(rows, 0.56)));
  }
}
