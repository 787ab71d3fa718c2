package io.hindsight.datasets.sums;

import java.io.Serializable;

/**
 * Sums of a part of the data, to which those of other parts are added: the same whatever the parts
 * and their order. Each part must come once.
 *
 * @param <S> the sums
 */
public interface Mergeable<S> extends Serializable {
  /** Adds what another part has. */
  void merge(S other);
}
