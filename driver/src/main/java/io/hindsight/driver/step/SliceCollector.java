package io.hindsight.driver.step;

import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.step.StepResult.NonFinite;
import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.RowSums;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.ParameterLayout;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Puts a step together whose parameters were summed slice by slice elsewhere.
 *
 * <p>With the first slice come the envelopes, losses and carried states of all tasks, which are
 * checked here once more; every slice must have the loss, weight and targets that these add up to.
 */
public final class SliceCollector {
  private final ParameterSlices slices;
  private final StepIdentity identity;
  private final int shards;
  private final StepCollector envelopes;
  private final double[] gradient; // (D)
  private final RowSums rows;
  private final StepResult[] merged; // [slices], without gradients
  private final BitSet arrived = new BitSet();

  /** For the slices of {@code request}. */
  public SliceCollector(
      NetworkSpec spec, ShardPlan plan, StepRequest request, ParameterSlices slices) {
    this.slices = slices;
    identity = request.identity();
    shards = plan.shards().size();
    envelopes = new StepCollector(spec, plan, request, 0);
    gradient = new double[slices.parameters()];
    rows = new RowSums(new ParameterLayout(spec).rows());
    merged = new StepResult[slices.count()];
  }

  /**
   * Takes a slice. Not thread-safe: callers serialize their calls.
   *
   * @param index which slice
   * @param sum one result over all shards
   * @param tasks the tasks' results without gradients; with the first slice only
   * @throws RefusedResultException if a result is not of this step and network, or came before
   */
  public void accept(int index, StepResult sum, List<StepResult> tasks) {
    if (index < 0 || index >= slices.count() || arrived.get(index)) {
      throw new RefusedResultException(
          "slice refused: its number is %d, which is none of %d or came before"
              .formatted(index, slices.count()));
    }
    SumCollector one = new SumCollector(identity, shards, slices.length(index));
    one.accept(sum);
    if (!one.isComplete()) {
      throw new RefusedResultException(
          "slice refused: it covers %d of %d shards".formatted(sum.shards(), shards));
    }
    GradientSum root = one.root();
    if (!slices.hasRows(index)) {
      RefusedResultException.unlessEqual("number of rows of tables", 0, root.rows().count());
    }
    tasks.forEach(envelopes::accept);
    System.arraycopy(root.gradient(), 0, gradient, slices.from(index), slices.length(index));
    rows.merge(root.rows());
    merged[index] = sum.withoutGradients();
    arrived.set(index);
  }

  /**
   * What the step came to.
   *
   * @throws RefusedResultException if a slice or a task's envelope is missing, or they disagree
   */
  public StepOutcome outcome() {
    if (arrived.cardinality() < slices.count() || !envelopes.isComplete()) {
      throw new RefusedResultException(
          "step refused: slice %d of %d is missing, or the envelope of a task"
              .formatted(arrived.nextClearBit(0), slices.count()));
    }
    StepOutcome total = envelopes.outcome();
    for (int index = 0; index < merged.length; index++) {
      requireAgreement(index, total);
    }
    GradientSum all = total.sum();
    GradientSum sum = new GradientSum(gradient, rows, all.loss(), all.weight(), all.targets());
    return new StepOutcome(
        sum,
        total.carried(),
        total.nonFinite(),
        total.sequences(),
        total.slowestTaskNanos(),
        total.meanTaskNanos(),
        total.driverNanos());
  }

  /** Every slice was summed from the same tasks, so all else in it is the same to the bit. */
  private void requireAgreement(int index, StepOutcome total) {
    GradientSum own = merged[index].nodes().get(0).sum();
    Optional<NonFinite> where = merged[index].nonFinite().filter(w -> !w.isOfMerged());
    if (own.targets() != total.sum().targets()
        || Double.doubleToLongBits(own.loss()) != Double.doubleToLongBits(total.sum().loss())
        || Double.doubleToLongBits(own.weight()) != Double.doubleToLongBits(total.sum().weight())
        || !where.equals(total.nonFinite())) {
      throw new RefusedResultException(
          "slice %d refused: its loss %s over %d targets of weight %s is not that of the tasks, %s over %d of %s"
              .formatted(
                  index,
                  own.loss(),
                  own.targets(),
                  own.weight(),
                  total.sum().loss(),
                  total.sum().targets(),
                  total.sum().weight()));
    }
  }
}
