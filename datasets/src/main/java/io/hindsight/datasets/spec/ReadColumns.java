package io.hindsight.datasets.spec;

import io.hindsight.datasets.columns.MissingRules;
import io.hindsight.datasets.columns.SideColumns;
import io.hindsight.datasets.columns.TargetWeights;
import java.util.List;
import java.util.stream.Stream;

/**
 * The columns of a table that are read of each sequence, its id and times apart.
 *
 * @param inputs numbers of each step's own row
 * @param side what is read beside them
 * @param targets columns of the labels; empty to read inputs only
 * @param kind what the targets are
 * @param part tells the part of each row, if that is asked
 * @param missing what is done about inputs that hold no value
 */
public record ReadColumns(
    List<String> inputs,
    SideColumns side,
    List<String> targets,
    TargetKind kind,
    PartColumn part,
    MissingRules missing) {
  public ReadColumns {
    inputs = List.copyOf(inputs);
    targets = List.copyOf(targets);
  }

  /** Columns of which none tells the parts. */
  public ReadColumns(
      List<String> inputs,
      SideColumns side,
      List<String> targets,
      TargetKind kind,
      MissingRules missing) {
    this(inputs, side, targets, kind, PartColumn.NONE, missing);
  }

  /** The same with the column that a split asks for. */
  public ReadColumns with(Split split) {
    return new ReadColumns(inputs, side, targets, kind, split.column(), missing);
  }

  /** The same with other rules for inputs that hold no value. */
  public ReadColumns with(MissingRules others) {
    return new ReadColumns(inputs, side, targets, kind, part, others);
  }

  /** The numeric columns of a row: the inputs, then those that are known ahead alone. */
  public List<String> numbers() {
    return Stream.concat(inputs.stream(), side.future().stream()).distinct().toList();
  }

  /** The same with other targets, whose weights and parts are not read. */
  public ReadColumns withTargets(List<String> others) {
    return new ReadColumns(inputs, side.with(TargetWeights.NONE), others, kind, missing);
  }
}
