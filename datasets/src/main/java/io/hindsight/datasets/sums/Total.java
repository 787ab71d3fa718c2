package io.hindsight.datasets.sums;

import java.io.Serializable;

/**
 * The exact sum of doubles of which some may be infinite or not a number, as the errors of a
 * network that has diverged are: the same for any order of additions and merges.
 */
public final class Total implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ExactSum finite = new ExactSum();
  private double others; // 0 while there are none; not a number stays so

  /** Adds a number. */
  public void add(double x) {
    if (Double.isFinite(x)) {
      finite.add(x);
    } else {
      others += x;
    }
  }

  /** Adds what another holds. */
  public void merge(Total other) {
    finite.merge(other.finite);
    others += other.others;
  }

  /** The double nearest to the sum; infinite, or not a number, if one that was added is. */
  public double value() {
    return others == 0 ? finite.value() : others;
  }
}
