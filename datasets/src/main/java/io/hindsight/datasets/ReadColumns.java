package io.hindsight.datasets;

import io.hindsight.datasets.DataSpec.TargetKind;
import java.util.List;

/**
 * The columns of a table that are read of each sequence, its id and times apart.
 *
 * @param inputs numbers of each step
 * @param side what is read beside them
 * @param targets columns of the labels; empty to read inputs only
 * @param kind what the targets are
 */
public record ReadColumns(
    List<String> inputs, SideColumns side, List<String> targets, TargetKind kind) {
  public ReadColumns {
    inputs = List.copyOf(inputs);
    targets = List.copyOf(targets);
  }

  /** The same with other targets. */
  public ReadColumns withTargets(List<String> others) {
    return new ReadColumns(inputs, side, others, kind);
  }
}
