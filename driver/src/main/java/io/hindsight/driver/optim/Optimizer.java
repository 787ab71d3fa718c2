package io.hindsight.driver.optim;

import java.util.Map;
import java.util.SortedMap;

/**
 * An update rule with its state over P parameters, to PyTorch's definitions.
 *
 * <p>The state is the number of updates made and some arrays as long as the parameters, so a
 * checkpoint needs no more than {@link #step} and {@link #slots}; everything else is a function of
 * them. Every element is updated by the same IEEE operations in the same order, without FMA, so the
 * new weights have the same bits on every machine. No update allocates.
 *
 * <p>An update is one loop that reads and writes every array once, all of them at index i: from
 * such a loop the compiler makes vector code as fast as any by hand.
 */
public sealed interface Optimizer
    permits SgdOptimizer, RmsPropOptimizer, AdaGradOptimizer, AdamOptimizer {
  /**
   * The optimizer of a specification before its first update.
   *
   * @param parameters P
   */
  static Optimizer create(OptimizerSpec spec, int parameters) {
    if (spec instanceof OptimizerSpec.Sgd sgd) {
      return new SgdOptimizer(sgd, parameters);
    }
    if (spec instanceof OptimizerSpec.RmsProp rmsProp) {
      return new RmsPropOptimizer(rmsProp, parameters);
    }
    if (spec instanceof OptimizerSpec.AdaGrad adaGrad) {
      return new AdaGradOptimizer(adaGrad, parameters);
    }
    return new AdamOptimizer((OptimizerSpec.Adam) spec, parameters);
  }

  /**
   * Makes one update, in place.
   *
   * @param weights (P)
   * @param gradient (P), the mean gradient; not changed
   * @param factor {@link ClipResult#factor}: each element of the gradient times this, rounded, is
   *     what is used
   * @param learningRate of this step
   */
  void update(double[] weights, double[] gradient, double factor, double learningRate);

  /** Updates made so far. */
  long step();

  /** The live arrays of the state by PyTorch's names, each // (P). */
  SortedMap<String, double[]> slots();

  /**
   * Takes over a saved state; the next update has the bits it would have had without the break.
   *
   * @param step updates made when it was saved
   * @param saved copies of {@link #slots}
   * @throws IllegalArgumentException if the state is not of this kind of optimizer or of this size
   */
  void restore(long step, Map<String, double[]> saved);
}
