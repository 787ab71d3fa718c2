package io.hindsight.kernels.batch;

import java.util.Arrays;

/**
 * What a sequence has to be read.
 *
 * @param features (T, I), or null for tokens
 * @param tokens (T), or null for features
 * @param categories (T, J)
 * @param statics of the whole sequence
 */
record StepInputs(double[] features, int[] tokens, int[] categories, Statics statics) {
  private static final int[] NO_CATEGORIES = {};

  static StepInputs ofFeatures(double[] features) {
    return new StepInputs(features, null, NO_CATEGORIES, Statics.NONE);
  }

  static StepInputs ofTokens(int[] tokens) {
    return new StepInputs(null, tokens, NO_CATEGORIES, Statics.NONE);
  }

  StepInputs withCategories(int[] ids) {
    return new StepInputs(features, tokens, ids, statics);
  }

  StepInputs withStatics(Statics other) {
    return new StepInputs(features, tokens, categories, other);
  }

  /** A copy of the steps [from, to) of {@code length}. */
  StepInputs steps(int from, int to, int length) {
    return new StepInputs(
        features == null ? null : rows(features, from, to, length),
        tokens == null ? null : Arrays.copyOfRange(tokens, from, to),
        rows(categories, from, to, length),
        statics);
  }

  private static double[] rows(double[] values, int from, int to, int length) {
    int width = values.length / length;
    return Arrays.copyOfRange(values, from * width, to * width);
  }

  private static int[] rows(int[] values, int from, int to, int length) {
    int width = values.length / length;
    return Arrays.copyOfRange(values, from * width, to * width);
  }
}
