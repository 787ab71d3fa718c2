package io.hindsight.datasets.rows;

import java.io.Serializable;

/**
 * What a task found out beside its rows. Merging must not depend on the order, nor on whether the
 * findings of a partition come twice, as they do where a task is repeated.
 */
public interface Findings<F> extends Serializable {
  /** Takes what another partition showed. */
  void merge(F other);
}
