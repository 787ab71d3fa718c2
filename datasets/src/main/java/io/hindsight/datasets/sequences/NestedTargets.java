package io.hindsight.datasets.sequences;

import io.hindsight.datasets.Doubles;
import io.hindsight.datasets.rows.Cells;
import io.hindsight.datasets.rows.Features;
import io.hindsight.datasets.rows.RowFindings;
import io.hindsight.datasets.rows.RowLayout;
import io.hindsight.datasets.spec.TargetKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Reads the targets of rows that are whole sequences. A target column is an array with an element
 * per step, or one label for the whole sequence, which then stands at every step.
 */
final class NestedTargets {
  private final RowLayout layout;
  private final Features columns; // of numbers

  /**
   * Reads rows.
   *
   * @param findings is told how wide vectors are
   */
  NestedTargets(RowLayout layout, RowFindings findings) {
    this.layout = layout;
    columns = Features.ofTargets(layout, findings);
  }

  /** The numeric targets of all steps; null if there are none. */
  Doubles numbers(Cells row, int length) {
    if (layout.numbers().isEmpty()) {
      return null;
    }
    Doubles values = new Doubles();
    if (!layout.labelled()) {
      int targets = columns.addSequence(row, values);
      row.requireLength(layout.numbers().get(0), targets, layout.firstArray(), length);
      return values;
    }
    for (int t = 0; t < length; t++) {
      columns.addStep(row, values);
    }
    return values;
  }

  /** The label of each step; null at all of them if there are none. */
  List<String> labels(Cells row, int length) {
    Optional<String> label = layout.label();
    if (label.isEmpty()) {
      return Collections.nCopies(length, null);
    }
    String column = label.get();
    Object cell = row.get(layout.firstTarget(), column);
    if (layout.labelled()) {
      return Collections.nCopies(length, row.label(cell, column));
    }
    List<Object> elements =
        layout.missing().targets() ? row.elementsOrNull(cell, column) : row.elements(cell, column);
    boolean mayBeShorter = layout.kind() == TargetKind.LABEL_STRING;
    if (!mayBeShorter || elements.size() > length) {
      row.requireLength(column, elements.size(), layout.firstArray(), length);
    }
    List<String> labels = new ArrayList<>(Collections.nCopies(length, ""));
    for (int t = 0; t < elements.size(); t++) {
      labels.set(t, layout.label(row, elements.get(t), column));
    }
    return labels;
  }
}
