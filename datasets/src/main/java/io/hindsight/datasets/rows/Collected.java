package io.hindsight.datasets.rows;

import java.io.Serializable;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.util.AccumulatorV2;

/** The findings of all tasks, merged on the driver. */
public final class Collected<F extends Findings<F>> extends AccumulatorV2<F, F> {
  private static final long serialVersionUID = 1L;

  /** Makes findings of nothing. */
  public interface None<F> extends Supplier<F>, Serializable {}

  private final None<F> none;
  private F merged;
  private boolean isZero = true;

  private Collected(None<F> none) {
    this.none = none;
    this.merged = none.get();
  }

  /** For the tasks of one reading. */
  public static <F extends Findings<F>> Collected<F> of(SparkContext spark, None<F> none) {
    Collected<F> collected = new Collected<>(none);
    spark.register(collected);
    return collected;
  }

  /** For what one task reads by itself: Spark does not know of it, and nobody else sees it. */
  public static <F extends Findings<F>> Collected<F> here(None<F> none) {
    return new Collected<>(none);
  }

  /** Findings of nothing, for a task. */
  public F none() {
    return none.get();
  }

  @Override
  public boolean isZero() {
    return isZero;
  }

  @Override
  public AccumulatorV2<F, F> copy() {
    Collected<F> copy = new Collected<>(none);
    copy.merge(this);
    return copy;
  }

  @Override
  public void reset() {
    merged = none.get();
    isZero = true;
  }

  @Override
  public void add(F findings) {
    merged.merge(findings);
    isZero = false;
  }

  @Override
  public void merge(AccumulatorV2<F, F> other) {
    if (!other.isZero()) {
      add(other.value());
    }
  }

  @Override
  public F value() {
    return merged;
  }
}
