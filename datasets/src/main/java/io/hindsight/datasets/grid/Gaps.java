package io.hindsight.datasets.grid;

/** What is done about steps of a grid that a sequence has no row at. */
public enum Gaps {
  /** Nothing: no target is looked up there. */
  ALLOW,
  /** They are refused. */
  ERROR,
  /** They are inserted with the inputs of the row before, no target, and an input that tells so. */
  MASK,
  /** They are inserted with the inputs of the row before and no target. */
  CARRY;

  /** Whether missing steps are inserted. */
  public boolean insert() {
    return this == MASK || this == CARRY;
  }
}
