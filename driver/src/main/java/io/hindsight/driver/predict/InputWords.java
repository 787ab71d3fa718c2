package io.hindsight.driver.predict;

import io.hindsight.kernels.network.EmbeddingSpec;
import io.hindsight.kernels.network.InputSpec;
import java.util.List;

/** What a network reads beside the numbers of a step, in words that can be compared. */
public final class InputWords {
  private InputWords() {}

  /** All of it but the widths of tables. */
  static String beside(InputSpec input) {
    return "%d numbers and, of the steps, %s and, of the sequence, %s categories"
        .formatted(input.statics(), rows(input, false), rows(input, true));
  }

  private static List<Integer> rows(InputSpec input, boolean ofSequence) {
    return input.isTokens()
        ? List.of()
        : input.tables().stream()
            .filter(table -> table.ofSequence() == ofSequence)
            .map(EmbeddingSpec::rows)
            .toList();
  }

  /** The widths of tables. */
  public static List<Integer> widths(InputSpec input) {
    return input.tables().stream().map(EmbeddingSpec::width).toList();
  }
}
