package io.hindsight.driver.optim;

import io.hindsight.kernels.parallel.RangeLoop;
import java.util.Map;
import java.util.SortedMap;

/**
 * An update rule with its state over P parameters, to PyTorch's definitions.
 *
 * <p>The state is the number of updates made and some arrays as long as the parameters, so a
 * checkpoint needs no more than {@link #step} and {@link #slots}; everything else is a function of
 * them. Every element is updated by the same IEEE operations in the same order, without FMA, so the
 * new weights have the same bits on every machine, on however many threads. An update of a small
 * network allocates nothing.
 *
 * <p>An update is one loop over each range of weights, which reads and writes every array once, all
 * of them at index i: from such a loop the compiler makes vector code as fast as any by hand.
 */
public abstract sealed class Optimizer
    permits SgdOptimizer, RmsPropOptimizer, AdaGradOptimizer, AdamOptimizer {
  private final Slots slots;
  private final UpdateRanges all;
  private final double weightDecay;
  private long step;

  /**
   * Before the first update.
   *
   * @param parameters P
   * @param weightDecay of weights that decay
   */
  Optimizer(int parameters, double weightDecay) {
    this.weightDecay = weightDecay;
    slots = new Slots(parameters);
    all = UpdateRanges.all(parameters);
  }

  /**
   * The optimizer of a specification before its first update.
   *
   * @param parameters P
   */
  public static Optimizer create(OptimizerSpec spec, int parameters) {
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

  /** A new array of the state, of zeros // (P). */
  final double[] addSlot(String name) {
    return slots.add(name);
  }

  /** Makes one update of all weights, as the other. */
  public final void update(
      double[] weights, double[] gradient, double factor, double learningRate) {
    update(weights, gradient, all, factor, learningRate, RangeLoop.SERIAL);
  }

  /**
   * Makes one update, in place. Weights in no range stay as they are, and so does their part of the
   * state.
   *
   * @param weights (P)
   * @param gradient (P), the mean gradient; not changed
   * @param ranges of weights
   * @param factor {@link ClipResult#factor}: each element of the gradient times this, rounded, is
   *     what is used
   * @param learningRate of this step
   * @param loop over the weights
   */
  public final void update(
      double[] weights,
      double[] gradient,
      UpdateRanges ranges,
      double factor,
      double learningRate,
      RangeLoop loop) {
    slots.require(weights, gradient);
    begin(step, learningRate);
    int parameters = weights.length;
    if (ranges.size() < RangeLoop.CHUNK) {
      updateWithin(weights, gradient, ranges, 0, parameters, factor);
    } else {
      loop.run(
          parameters, (from, end) -> updateWithin(weights, gradient, ranges, from, end, factor));
    }
    step++;
  }

  /** Updates what the ranges have of the weights [from, end). */
  private void updateWithin(
      double[] weights, double[] gradient, UpdateRanges ranges, int from, int end, double factor) {
    for (int i = ranges.firstAfter(from); i < ranges.count() && ranges.from(i) < end; i++) {
      int first = Math.max(from, ranges.from(i));
      int last = Math.min(end, ranges.end(i));
      double decay = ranges.decays(i) ? weightDecay : 0;
      updateRange(weights, gradient, first, last, factor, decay);
    }
  }

  /**
   * Begins an update.
   *
   * @param made updates before it
   */
  abstract void begin(long made, double learningRate);

  /** Updates the weights [from, end), which decay by so much; maybe beside other ranges. */
  abstract void updateRange(
      double[] weights, double[] gradient, int from, int end, double factor, double decay);

  /** Updates made so far. */
  public final long step() {
    return step;
  }

  /** The live arrays of the state by PyTorch's names, each // (P). */
  public final SortedMap<String, double[]> slots() {
    return slots.view();
  }

  /**
   * Takes over a saved state; the next update has the bits it would have had without the break.
   *
   * @param savedStep updates made when it was saved
   * @param saved copies of {@link #slots}
   * @throws IllegalArgumentException if the state is not of this kind of optimizer or of this size
   */
  public final void restore(long savedStep, Map<String, double[]> saved) {
    Slots.requireStep(savedStep);
    slots.restore(saved);
    step = savedStep;
    restored(savedStep);
  }

  /** Takes note of a state that was restored. */
  void restored(long savedStep) {}
}
