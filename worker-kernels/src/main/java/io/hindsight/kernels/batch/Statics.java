package io.hindsight.kernels.batch;

/**
 * What a network reads of a sequence at each of its steps alike.
 *
 * @param features (S), not copied
 * @param categories (K), ids of categories, each in [0, rows of its table); not copied
 */
public record Statics(double[] features, int[] categories) {
  /** Of a sequence of which only its steps are read. */
  public static final Statics NONE = new Statics(new double[0], new int[0]);

  /** Whether there is nothing. */
  public boolean isEmpty() {
    return features.length == 0 && categories.length == 0;
  }
}
