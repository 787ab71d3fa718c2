package io.hindsight.kernels.serving;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Statics;
import io.hindsight.kernels.network.EmbeddingSpec;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.ParameterLayout.Block;
import java.util.Arrays;
import java.util.List;

/**
 * Makes x of what a step reads: [features; rows of the step's tables; numbers of the sequence; rows
 * of the sequence's tables], the last two of which a state keeps. Threads share it.
 */
final class StepInput {
  private final InputSpec input;
  private final int ofSteps; // J
  private final int ofSequence; // K
  private final int firstOfSequence; // where that begins in x
  private final double[][] tables; // of each (rows, width)
  private final int[] widths;

  /** With the present values of tables // (P). */
  StepInput(ParameterLayout layout, double[] values) {
    input = layout.spec().input();
    ofSteps = input.stepCategories();
    ofSequence = input.sequenceCategories();
    firstOfSequence = input.firstStatic();
    List<Block> blocks = layout.tables();
    widths = input.tables().stream().mapToInt(EmbeddingSpec::width).toArray();
    tables =
        blocks.stream()
            .map(block -> Arrays.copyOfRange(values, block.offset(), block.end()))
            .toArray(double[][]::new);
  }

  /**
   * What a state keeps of its sequence.
   *
   * @throws IllegalArgumentException if it is not what the network reads
   */
  double[] ofSequence(Statics statics) {
    require("numbers of the whole sequence", input.statics(), statics.features().length);
    require("categories of the whole sequence", ofSequence, statics.categories().length);
    requireRows(statics.categories(), ofSteps);
    double[] kept = new double[input.isTokens() ? 0 : input.size() - firstOfSequence];
    System.arraycopy(statics.features(), 0, kept, 0, input.statics());
    copyRows(statics.categories(), ofSteps, kept, input.statics());
    return kept;
  }

  /**
   * Sees to it that a step is one that the network reads.
   *
   * @throws IllegalArgumentException if it is not
   */
  void check(double[] features, int[] categories) {
    if (input.isTokens()) {
      throw new IllegalArgumentException(
          "the network reads tokens, but was given numbers; use step with a token");
    }
    require("features at each step", input.features(), features.length);
    require("categories at each step", ofSteps, categories.length);
    requireRows(categories, 0);
  }

  /**
   * The same of a token.
   *
   * @throws IllegalArgumentException if it is not one of the vocabulary
   */
  void check(int token) {
    if (!input.isTokens()) {
      throw new IllegalArgumentException(
          "the network reads %d features at each step, but was given the token %d; use step with numbers"
              .formatted(input.features(), token));
    }
    if (token != Sequence.NO_TOKEN && (token < 0 || token >= input.features())) {
      throw new IllegalArgumentException(
          "token %d is outside [0, %d), the vocabulary; for none of it use Sequence.NO_TOKEN"
              .formatted(token, input.features()));
    }
  }

  private static void require(String what, int expected, int found) {
    if (found != expected) {
      throw new IllegalArgumentException(
          "the network reads %d %s, but was given %d".formatted(expected, what, found));
    }
  }

  private void requireRows(int[] ids, int firstTable) {
    for (int i = 0; i < ids.length; i++) {
      int rows = input.tables().get(firstTable + i).rows();
      if (ids[i] < 0 || ids[i] >= rows) {
        throw new IllegalArgumentException(
            "category id %d is outside [0, %d), the rows of table %d"
                .formatted(ids[i], rows, firstTable + i));
      }
    }
  }

  /**
   * Writes x.
   *
   * @param ofSequence what the state keeps
   * @param x (I)
   */
  void load(double[] features, int[] categories, double[] ofSequence, double[] x) {
    System.arraycopy(features, 0, x, 0, features.length);
    copyRows(categories, 0, x, features.length);
    System.arraycopy(ofSequence, 0, x, firstOfSequence, ofSequence.length);
  }

  /** Whether tokens select rows of a table. */
  boolean hasTokenTable() {
    return input.isTokens() && input.isEmbedded();
  }

  /** Writes x of a token that selects a row: zeros for none // (I). */
  void load(int token, double[] x) {
    if (token == Sequence.NO_TOKEN) {
      Arrays.fill(x, 0, widths[0], 0);
    } else {
      System.arraycopy(tables[0], token * widths[0], x, 0, widths[0]);
    }
  }

  private void copyRows(int[] ids, int firstTable, double[] x, int from) {
    int to = from;
    for (int i = 0; i < ids.length; i++) {
      int width = widths[firstTable + i];
      System.arraycopy(tables[firstTable + i], ids[i] * width, x, to, width);
      to += width;
    }
  }

  /** Bytes held. */
  long bytes() {
    long bytes = 0;
    for (double[] table : tables) {
      bytes += (long) Double.BYTES * table.length;
    }
    return bytes;
  }
}
