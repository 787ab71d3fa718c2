package io.hindsight.driver.optim;

import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.RowSums;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.ParameterLayout.Block;
import io.hindsight.kernels.network.TableRows;
import io.hindsight.kernels.parallel.RangeLoop;

/**
 * Clips a mean gradient and hands it to the optimizer.
 *
 * <p>The norm and the limits are of what is kept of the gradient: the rows of tables that do not
 * occur are zero. For the optimizer they all lie in one array as long as the weights, so that its
 * loops read every array at one index.
 */
public final class MeanUpdate {
  private final TableRows tables;
  private final Reach reach;
  private final RangeLoop loop;
  private final UpdateRanges dense = new UpdateRanges(); // before the tables
  private final UpdateRanges all;
  private final UpdateRanges used = new UpdateRanges(); // with the rows of an update
  private final double[] whole; // (P), zero between updates beyond D; empty without tables

  /** For the weights of a network. */
  public MeanUpdate(ParameterLayout layout, Reach reach) {
    this(layout, reach, RangeLoop.SERIAL);
  }

  /**
   * For the weights of a network.
   *
   * @param loop over weights and gradient
   */
  public MeanUpdate(ParameterLayout layout, Reach reach, RangeLoop loop) {
    this.loop = loop;
    tables = layout.rows();
    this.reach = reach;
    UpdateRanges ofTables = new UpdateRanges();
    for (Block block : layout.blocks()) {
      boolean isTable = block.offset() >= layout.denseSize();
      (isTable ? ofTables : dense).add(block.offset(), block.end(), reach.decay().reaches(block));
    }
    all = new UpdateRanges().add(dense).add(ofTables);
    whole = new double[tables.count() > 0 ? layout.size() : 0];
  }

  /**
   * Makes an update.
   *
   * @param mean over the step's targets
   * @param weights (P)
   * @param rate of this step
   * @throws NonFiniteGradientException if the gradient or its norm is not finite; nothing is
   *     changed then
   */
  public ClipResult make(
      GradientSum mean,
      GradientClipper clipper,
      Optimizer optimizer,
      double[] weights,
      double rate) {
    double[] compact = mean.compact();
    ClipResult clip = clipper.clip(compact, loop);
    if (tables.count() == 0) {
      optimizer.update(weights, compact, all, clip.factor(), rate, loop);
      return clip;
    }
    System.arraycopy(compact, 0, whole, 0, mean.gradient().length);
    mean.rows().copyInto(compact, mean.gradient().length, whole);
    optimizer.update(weights, whole, ranges(mean.rows()), clip.factor(), rate, loop);
    mean.rows().clearIn(whole);
    return clip;
  }

  private UpdateRanges ranges(RowSums rows) {
    if (!reach.sparse()) {
      return all;
    }
    used.clear();
    used.add(dense);
    for (int i = 0; i < rows.count(); i++) {
      int from = tables.offset(rows.row(i));
      used.add(from, from + tables.width(rows.row(i)), true);
    }
    return used;
  }
}
