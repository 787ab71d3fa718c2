package io.hindsight.driver.optim;

import io.hindsight.kernels.network.ParameterLayout.Block;

/**
 * Which weights an update reaches.
 *
 * @param decay those that decay
 * @param sparse whether of tables only the rows that occur in the minibatch are updated, with their
 *     part of the optimizer's state; else all, as a row that does not occur has the gradient zero
 */
public record Reach(Decay decay, boolean sparse) {
  /** What is used where nothing is said. */
  public static final Reach DEFAULT = new Reach(Decay.ALL, false);

  /** The weights that decay. */
  public enum Decay {
    /** All. */
    ALL,
    /** Matrices and tables; no bias, and neither gain nor bias of a normalisation. */
    MATRICES;

    /** Whether the weights of a block decay. */
    boolean reaches(Block block) {
      return this == ALL || !block.vector();
    }
  }
}
