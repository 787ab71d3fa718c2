package io.hindsight.datasets.sequences;

import java.io.Serializable;
import java.util.Iterator;

/**
 * Adds up a partition, in a task.
 *
 * @param <T> what a partition holds
 * @param <S> the sums
 */
@FunctionalInterface
public interface Summing<T, S> extends Serializable {
  /** The sums of all that a partition holds. */
  S of(Iterator<T> partition);
}
