package io.hindsight.datasets.sequences;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.RawSequence;
import java.io.Serializable;
import java.util.function.Consumer;

/**
 * Makes something of one sequence, in a task.
 *
 * @param <T> what it makes
 */
@FunctionalInterface
public interface SequenceMapping<T> extends Serializable {
  /**
   * Makes it.
   *
   * @param note takes short texts for the driver
   * @throws DataException if it cannot
   */
  T apply(RawSequence sequence, Consumer<String> note);
}
