package io.hindsight.kernels.batch;

import io.hindsight.kernels.math.OuterProduct;
import io.hindsight.kernels.math.choice.OpsProvider;
import java.util.Arrays;

/**
 * The sum over targets of loss and gradient, and how many targets were summed.
 *
 * <p>Workers sum and merge; the driver divides once, by {@link #mean}.
 */
public final class GradientSum {
  private final double[] gradient; // (P)
  private double loss;
  private long targets;

  /** Zero, for P parameters. */
  public GradientSum(int parameters) {
    this(new double[parameters], 0, 0);
  }

  /**
   * Wraps an array without copying it.
   *
   * @param gradient (P)
   * @param loss sum over targets
   * @param targets number of targets
   */
  public GradientSum(double[] gradient, double loss, long targets) {
    this.gradient = gradient;
    this.loss = loss;
    this.targets = targets;
  }

  /**
   * The end of a run of blocks that add to one sum: a shard.
   *
   * @param sums the sum of each block
   * @param from first block of the run
   */
  public static int endOfShard(GradientSum[] sums, int from) {
    int end = from + 1;
    while (end < sums.length && sums[end] == sums[from]) {
      end++;
    }
    return end;
  }

  /** The live sum of gradients // (P). */
  public double[] gradient() {
    return gradient;
  }

  /** Sum of the losses of all targets. */
  public double loss() {
    return loss;
  }

  /** Number of targets summed. */
  public long targets() {
    return targets;
  }

  /**
   * Lets the gradient of a weight matrix start from what was summed so far: zero as long as no
   * target was.
   *
   * @param offset where the matrix is in the gradient
   */
  public void start(OuterProduct product, int offset) {
    if (targets == 0) {
      product.clear();
    } else {
      product.load(gradient, offset);
    }
  }

  /** Sets everything to zero. */
  public void clear() {
    Arrays.fill(gradient, 0);
    loss = 0;
    targets = 0;
  }

  /** Adds the loss of some targets. */
  public void addLoss(double lossSum, long targetCount) {
    loss += lossSum;
    targets += targetCount;
  }

  /**
   * Adds another sum to this one and returns this.
   *
   * @throws IllegalArgumentException if it belongs to a network of another size
   */
  public GradientSum merge(GradientSum other) {
    if (other.gradient.length != gradient.length) {
      throw new IllegalArgumentException(
          "cannot merge a gradient of %d parameters into one of %d"
              .formatted(other.gradient.length, gradient.length));
    }
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] += other.gradient[i];
    }
    addLoss(other.loss, other.targets);
    return this;
  }

  /**
   * Divides gradient and loss by the number of targets, in place, and returns this.
   *
   * @throws IllegalStateException if no target was summed
   */
  public GradientSum mean() {
    if (targets == 0) {
      throw new IllegalStateException("no target in this step, so it has no mean gradient");
    }
    double scale = targets;
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] /= scale;
    }
    loss /= scale;
    targets = 1;
    return this;
  }

  /** Whether the loss and every element of the gradient are finite. */
  public boolean isFinite() {
    return Double.isFinite(loss) && firstNonFinite() < 0;
  }

  /** Index of the first element that is NaN or infinite; −1 if there is none. */
  public int firstNonFinite() {
    return OpsProvider.get().arrays().firstNonFinite(gradient);
  }
}
