package io.hindsight.kernels.batch;

import io.hindsight.kernels.math.OuterProduct;
import io.hindsight.kernels.math.choice.OpsProvider;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.TableRows;
import io.hindsight.kernels.parallel.RangeLoop;
import java.util.Arrays;

/**
 * The sum over targets of loss and gradient, each times its weight, and of the weights, and how
 * many targets were summed.
 *
 * <p>Workers sum and merge; the driver divides once, by {@link #mean}. Of tables only those rows
 * are kept that occur.
 */
public final class GradientSum {
  private final double[] gradient; // (D)
  private final RowSums rows;
  private double loss;
  private double weight;
  private long targets;

  /** Zero, for the parameters of a network. */
  public GradientSum(ParameterLayout layout) {
    this(new double[layout.denseSize()], new RowSums(layout.rows()), 0, 0, 0);
  }

  /** Zero, for D parameters and no table. */
  public GradientSum(int parameters) {
    this(new double[parameters], 0, 0);
  }

  /**
   * Wraps an array without copying it, of a network without tables and targets of weight 1.
   *
   * @param gradient (D)
   * @param loss sum over targets
   * @param targets number of targets
   */
  public GradientSum(double[] gradient, double loss, long targets) {
    this(gradient, new RowSums(TableRows.none(gradient.length)), loss, targets, targets);
  }

  /**
   * Wraps sums without copying them.
   *
   * @param gradient of all parameters but those of tables // (D)
   * @param rows of tables
   * @param loss sum over targets
   * @param weight sum of their weights
   * @param targets number of targets
   */
  public GradientSum(double[] gradient, RowSums rows, double loss, double weight, long targets) {
    this.gradient = gradient;
    this.rows = rows;
    this.loss = loss;
    this.weight = weight;
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

  /** The live sum of gradients, those of tables apart // (D). */
  public double[] gradient() {
    return gradient;
  }

  /** The live sums of gradients of the tables' rows. */
  public RowSums rows() {
    return rows;
  }

  /**
   * All elements that are kept, the rows after the others in the order of their numbers: the live
   * array if there are no rows, else a copy.
   */
  public double[] compact() {
    if (rows.size() == 0) {
      return gradient;
    }
    double[] all = Arrays.copyOf(gradient, gradient.length + rows.size());
    System.arraycopy(rows.values(), 0, all, gradient.length, rows.size());
    return all;
  }

  /**
   * The part of this sum that belongs to some parameters, a copy.
   *
   * @param from first of them, in [0, D]
   * @param end the one after the last
   * @param withRows whether all rows of tables come with them, else none
   */
  public GradientSum part(int from, int end, boolean withRows) {
    RowSums part = new RowSums(rows.tables());
    if (withRows) {
      part.merge(rows);
    }
    return new GradientSum(Arrays.copyOfRange(gradient, from, end), part, loss, weight, targets);
  }

  /**
   * A mean gradient of all parameters, of whose tables the rows occur that are not zero.
   *
   * @param gradient (P), copied
   */
  public static GradientSum ofMean(ParameterLayout layout, double[] gradient) {
    GradientSum mean = new GradientSum(layout);
    System.arraycopy(gradient, 0, mean.gradient, 0, mean.gradient.length);
    mean.rows.setNonZero(gradient);
    mean.weight = 1;
    mean.targets = 1;
    return mean;
  }

  /** Of every parameter, a copy; zero in rows that do not occur // (P). */
  public double[] toArray(int parameters) {
    double[] all = Arrays.copyOf(gradient, parameters);
    rows.copyInto(rows.values(), 0, all);
    return all;
  }

  /** Sum of the losses of all targets, each times its weight. */
  public double loss() {
    return loss;
  }

  /** Sum of the weights of all targets: their number, unless they have weights. */
  public double weight() {
    return weight;
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
    rows.clear();
    loss = 0;
    weight = 0;
    targets = 0;
  }

  /** Adds the loss of some targets and their weights. */
  public void addLoss(double lossSum, double weightSum, long targetCount) {
    loss += lossSum;
    weight += weightSum;
    targets += targetCount;
  }

  /**
   * Adds another sum to this one and returns this.
   *
   * @throws IllegalArgumentException if it belongs to a network of another size
   */
  public GradientSum merge(GradientSum other) {
    return merge(other, RangeLoop.SERIAL);
  }

  /** As the other, on as many threads as the loop has. */
  public GradientSum merge(GradientSum other, RangeLoop loop) {
    if (other.gradient.length != gradient.length) {
      throw new IllegalArgumentException(
          "cannot merge a gradient of %d parameters into one of %d"
              .formatted(other.gradient.length, gradient.length));
    }
    loop.run(gradient.length, (from, end) -> add(other.gradient, from, end));
    rows.merge(other.rows);
    addLoss(other.loss, other.weight, other.targets);
    return this;
  }

  private void add(double[] terms, int from, int end) {
    double[] sum = gradient;
    for (int i = from; i < end; i++) {
      sum[i] += terms[i];
    }
  }

  /**
   * Divides gradient and loss by the weight, in place, and returns this.
   *
   * @throws IllegalStateException if no target of a weight above 0 was summed
   */
  public GradientSum mean() {
    return mean(RangeLoop.SERIAL);
  }

  /** As the other, on as many threads as the loop has. */
  public GradientSum mean(RangeLoop loop) {
    if (!(weight > 0)) {
      throw new IllegalStateException("no target in this step, so it has no mean gradient");
    }
    double scale = weight;
    loop.run(gradient.length, (from, end) -> divide(scale, from, end));
    rows.divide(scale);
    loss /= scale;
    weight = 1;
    targets = 1;
    return this;
  }

  private void divide(double divisor, int from, int end) {
    double[] sum = gradient;
    for (int i = from; i < end; i++) {
      sum[i] /= divisor;
    }
  }

  /** Whether the loss and every element of the gradient are finite. */
  public boolean isFinite() {
    return Double.isFinite(loss) && Double.isFinite(weight) && firstNonFinite() < 0;
  }

  /** Index of the first parameter whose element is NaN or infinite; −1 if there is none. */
  public int firstNonFinite() {
    int element = OpsProvider.get().arrays().firstNonFinite(gradient);
    return element >= 0 ? element : rows.firstNonFinite();
  }
}
