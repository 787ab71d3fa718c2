package io.hindsight.driver.config;

import io.hindsight.kernels.network.EmbeddingSpec;
import io.hindsight.kernels.network.InputSpec;

/**
 * The tables of a network: {@code model.embedding} and {@code model.tied}.
 *
 * @param width numbers of a row; 0 if that follows from how many rows there are
 * @param tied whether the output's matrix is the table of tokens
 */
public record Embedding(int width, boolean tied) {
  /** As many as are usual for the rows of each table. */
  public static final Embedding AUTO = new Embedding(0, false);

  /** Tables of rows of this many numbers. */
  public static Embedding of(int width) {
    return new Embedding(width, false);
  }

  /** An input with tables of this width: those of categories, or one of tokens. */
  InputSpec of(InputSpec input) {
    return input.isTokens()
        ? InputSpec.embeddedTokens(input.features(), widthFor(input.features()))
        : InputSpec.dense(
            input.features(),
            input.statics(),
            input.tables().stream().map(table -> table.withWidth(widthFor(table.rows()))).toList());
  }

  private int widthFor(int rows) {
    return width == 0 ? EmbeddingSpec.widthFor(rows) : width;
  }
}
