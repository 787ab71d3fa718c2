package io.hindsight.datasets.rows.steps;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Doubles;
import io.hindsight.datasets.files.ScalaValues;
import io.hindsight.datasets.rows.Cells;
import io.hindsight.datasets.rows.RowLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import scala.collection.Seq;

/**
 * What rows that are whole sequences have beside inputs and targets, one row after the other: of
 * categories and weights arrays with an element per step.
 */
public final class SideSeries {
  private final SideCells cells;
  private final List<String> ofSteps;
  private final int first; // position of the first column in a row
  private final String weight; // empty if targets have none
  private final int weightAt;
  private final List<List<String>> categories = new ArrayList<>(); // by column, then by step
  private final Doubles weights = new Doubles(); // by step

  /** For rows of a layout. */
  public SideSeries(RowLayout layout) {
    cells = new SideCells(layout);
    ofSteps = layout.side().ofSteps();
    first = layout.firstBeside();
    weight = layout.side().weights().column();
    weightAt = layout.weightAt();
  }

  /**
   * Takes a row.
   *
   * @param length its steps; −1 where its inputs do not tell
   * @return its steps
   * @throws DataException if categories are not as many
   */
  public int begin(Cells row, int length) {
    categories.clear();
    int steps = length;
    for (int j = 0; j < ofSteps.size(); j++) {
      String column = ofSteps.get(j);
      Object cell = row.getOrNull(first + j);
      if (cell == null && steps >= 0) {
        categories.add(Collections.nCopies(steps, null));
        continue;
      }
      List<String> elements = elements(row, cell, column);
      steps = steps < 0 ? elements.size() : steps;
      requireLength(row, column, elements.size(), steps);
      categories.add(elements);
    }
    beginWeights(row, steps);
    return steps;
  }

  private void beginWeights(Cells row, int steps) {
    weights.clear();
    if (weight.isEmpty()) {
      return;
    }
    Object cell = row.get(weightAt, weight);
    if (!(cell instanceof Seq)) {
      Collections.nCopies(steps, cells.weight(row, cell)).forEach(weights::add);
      return;
    }
    List<Object> elements = row.elements(cell, weight);
    requireLength(row, weight, elements.size(), steps);
    elements.forEach(element -> weights.add(cells.weight(row, element)));
  }

  private static List<String> elements(Cells row, Object cell, String column) {
    if (!(cell instanceof Seq<?> elements)) {
      throw new DataException(
          "a value must be an array",
          DataException.quote(cell),
          row.place().column(column),
          "correct the value or remove the row");
    }
    List<String> categories = new ArrayList<>();
    ScalaValues.list(elements).forEach(one -> categories.add(row.category(one, column)));
    return categories;
  }

  private static void requireLength(Cells row, String column, int actual, int length) {
    if (actual != length) {
      throw new DataException(
          "all arrays of a row must have the same length, %d".formatted(length),
          "a length of " + actual,
          row.place().column(column),
          "make the arrays equally long");
    }
  }

  /** Adds what step {@code t} of the row has; the first has what is of the sequence, too. */
  public void addStep(int t, Cells row, StepValues to) {
    if (!ofSteps.isEmpty()) {
      List<String> ofStep = new ArrayList<>();
      categories.forEach(all -> ofStep.add(all.get(t)));
      to.categories(ofStep);
    }
    if (t == 0) {
      cells.addFixed(row, to);
    }
    if (!weight.isEmpty()) {
      to.weight(weights.get(t));
    }
    cells.addRank(row, to);
  }
}
