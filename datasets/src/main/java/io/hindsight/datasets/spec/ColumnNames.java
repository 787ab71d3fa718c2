package io.hindsight.datasets.spec;

import io.hindsight.datasets.columns.SideColumns;
import java.util.List;

/**
 * The columns of a table, by what they are read as.
 *
 * @param sequence columns of the sequence's id, mostly one; empty if all rows are one sequence.
 *     {@code _metadata.file_name} is the name of the row's file
 * @param time ordering columns, largest unit first, mostly one; empty if each row holds a whole
 *     sequence in nested arrays
 * @param inputs numeric columns, or one {@code array<double>} or {@code array<array<double>>}
 *     column
 * @param side columns that are read beside the inputs, of which there may be none then
 * @param targets columns of the labels; empty where only predictions are wanted
 * @param kept columns of any kind that are read beside the others, to be handed on as they are
 */
public record ColumnNames(
    List<String> sequence,
    List<String> time,
    List<String> inputs,
    SideColumns side,
    List<String> targets,
    List<String> kept) {
  public ColumnNames {
    sequence = List.copyOf(sequence);
    time = List.copyOf(time);
    inputs = List.copyOf(inputs);
    targets = List.copyOf(targets);
    kept = List.copyOf(kept);
  }

  /** Columns of which none is read beside the inputs, or handed on. */
  public ColumnNames(
      List<String> sequence, List<String> time, List<String> inputs, List<String> targets) {
    this(sequence, time, inputs, SideColumns.NONE, targets, List.of());
  }

  /** The same with other columns kept. */
  public ColumnNames keeping(List<String> others) {
    return new ColumnNames(sequence, time, inputs, side, targets, others);
  }

  /** The same with other columns beside the inputs. */
  public ColumnNames with(SideColumns others) {
    return new ColumnNames(sequence, time, inputs, others, targets, kept);
  }
}
