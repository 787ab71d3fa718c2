package io.hindsight.kernels.network;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a network reads at each step.
 *
 * <p>Of dense inputs x_t is, in this order, the features of the step, the rows that its categories
 * select of their tables, the numbers of the whole sequence, and the rows that the sequence's own
 * categories select. A token selects one column of the first layer's input matrix, or, if there is
 * a table of tokens, its row.
 *
 * @param kind dense features, or token ids
 * @param features per step, or tokens in the vocabulary; at least 1 unless there is anything else
 * @param statics S: numbers that belong to the whole sequence
 * @param tables of the steps' categories, then of the sequence's; one or none of tokens
 */
public record InputSpec(Kind kind, int features, int statics, List<EmbeddingSpec> tables) {
  /** The two forms of input. */
  public enum Kind {
    /** Numbers per step. */
    DENSE,
    /** One token id in [0, features) per step. */
    TOKENS
  }

  public InputSpec {
    Objects.requireNonNull(kind, "kind");
    tables = List.copyOf(tables);
    if (kind == Kind.TOKENS || (tables.isEmpty() && statics == 0)) {
      NetworkSpec.requirePositive("input size", features);
    }
    if (features < 0 || statics < 0) {
      throw new IllegalArgumentException(
          "an input cannot have %d features and %d numbers of the sequence"
              .formatted(features, statics));
    }
    if (kind == Kind.TOKENS) {
      requireTokens(features, statics, tables);
    }
    requireOrder(tables);
  }

  private static void requireTokens(int tokens, int statics, List<EmbeddingSpec> tables) {
    if (statics > 0 || tables.size() > 1) {
      throw new IllegalArgumentException("tokens are read alone");
    }
    for (EmbeddingSpec table : tables) {
      if (table.rows() != tokens || table.ofSequence()) {
        throw new IllegalArgumentException(
            "a table of %d rows for %d tokens".formatted(table.rows(), tokens));
      }
    }
  }

  private static void requireOrder(List<EmbeddingSpec> tables) {
    for (int k = 1; k < tables.size(); k++) {
      if (tables.get(k - 1).ofSequence() && !tables.get(k).ofSequence()) {
        throw new IllegalArgumentException("the tables of the steps come before the sequence's");
      }
    }
  }

  /** Numbers per step. */
  public static InputSpec dense(int features) {
    return dense(features, 0, List.of());
  }

  /**
   * Numbers and categories.
   *
   * @param features per step
   * @param statics numbers of the whole sequence
   * @param tables of the steps' categories, then of the sequence's
   */
  public static InputSpec dense(int features, int statics, List<EmbeddingSpec> tables) {
    return new InputSpec(Kind.DENSE, features, statics, tables);
  }

  /** One token id in [0, vocabulary) per step. */
  public static InputSpec tokens(int vocabulary) {
    return new InputSpec(Kind.TOKENS, vocabulary, 0, List.of());
  }

  /** One token id in [0, vocabulary) per step, which selects a row of a table. */
  public static InputSpec embeddedTokens(int vocabulary, int width) {
    EmbeddingSpec table = new EmbeddingSpec(vocabulary, width, false);
    return new InputSpec(Kind.TOKENS, vocabulary, 0, List.of(table));
  }

  /** Whether each step is one token id. */
  public boolean isTokens() {
    return kind == Kind.TOKENS;
  }

  /** Whether x_t holds rows of tables, so that a layer below the first makes it. */
  public boolean isEmbedded() {
    return !tables.isEmpty();
  }

  /** Whether x_t is put together of more than the features, or a token's row, of the step. */
  public boolean isComposed() {
    return isEmbedded() || statics > 0;
  }

  /** The features of x_t: none of tokens. */
  public int ownNumbers() {
    return isTokens() && isEmbedded() ? 0 : features;
  }

  /** Where the numbers of the sequence begin in x_t. */
  public int firstStatic() {
    return ownNumbers() + width(tables.stream().filter(table -> !table.ofSequence()));
  }

  /** Where the rows of a table begin in x_t. */
  public int firstOf(int table) {
    int before = ownNumbers() + width(tables.stream().limit(table));
    return before + (tables.get(table).ofSequence() ? statics : 0);
  }

  /** J: categories per step, tokens apart. */
  public int stepCategories() {
    return isTokens() ? 0 : (int) tables.stream().filter(table -> !table.ofSequence()).count();
  }

  /** K: categories of the whole sequence. */
  public int sequenceCategories() {
    return (int) tables.stream().filter(EmbeddingSpec::ofSequence).count();
  }

  /** I: numbers in x_t, or tokens of which each has a column of the first layer's matrix. */
  public int size() {
    return ownNumbers() + statics + width(tables.stream());
  }

  private static int width(Stream<EmbeddingSpec> tables) {
    return tables.mapToInt(EmbeddingSpec::width).sum();
  }
}
