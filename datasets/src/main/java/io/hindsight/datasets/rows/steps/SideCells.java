package io.hindsight.datasets.rows.steps;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Doubles;
import io.hindsight.datasets.columns.SideColumns;
import io.hindsight.datasets.files.ScalaValues;
import io.hindsight.datasets.rows.Cells;
import io.hindsight.datasets.rows.RowLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import scala.collection.Seq;

/** What a row has beside inputs and target: categories, what is of the sequence, and a weight. */
public final class SideCells {
  private final List<String> ofSteps;
  private final List<String> numbers;
  private final List<String> ofSequence;
  private final int weightAt;
  private final int first; // position of the first column in a row
  private final String firstArray;
  private final boolean isEmpty;
  private final String weight; // empty if targets have none
  private final Doubles fixed = new Doubles();
  private final Doubles weights = new Doubles(); // by step, where a row is a sequence
  private final List<List<String>> series =
      new ArrayList<>(); // by column, where a row is a sequence

  /** For rows of a layout. */
  public SideCells(RowLayout layout) {
    SideColumns side = layout.side();
    ofSteps = side.ofSteps();
    numbers = side.numbers();
    ofSequence = side.ofSequence();
    first = layout.firstBeside();
    firstArray = layout.firstArray();
    isEmpty = side.isEmpty();
    weight = side.weights().column();
    weightAt = layout.weightAt();
  }

  /** Adds what a row that is one step has. */
  public void addStep(Cells row, StepValues to) {
    if (!isEmpty) {
      to.categories(categories(row, first, ofSteps));
      addFixed(row, to);
    }
    if (!weight.isEmpty()) {
      to.weight(weight(row, row.get(weightAt, weight)));
    }
  }

  /** The same of a row that is no step, whose target counts for nothing. */
  public void addFuture(Cells row, StepValues to) {
    if (!isEmpty) {
      to.categories(categories(row, first, ofSteps));
      addFixed(row, to);
    }
    if (!weight.isEmpty()) {
      to.weight(0);
    }
  }

  private double weight(Cells row, Object cell) {
    double number = row.number(cell, weight);
    if (number < 0) {
      throw new DataException(
          "a weight must be a number of 0 or more",
          Double.toString(number),
          row.place().column(weight),
          "correct the value, or write 0 to leave the target out");
    }
    return number + 0.0; // −0 is 0
  }

  /**
   * Takes a row that is a sequence.
   *
   * @param length its steps; −1 where its inputs do not tell
   * @return its steps
   * @throws DataException if categories are not as many
   */
  public int begin(Cells row, int length) {
    series.clear();
    int steps = length;
    for (int j = 0; j < ofSteps.size(); j++) {
      String column = ofSteps.get(j);
      Object cell = row.getOrNull(first + j);
      if (cell == null && steps >= 0) {
        series.add(Collections.nCopies(steps, null));
        continue;
      }
      List<String> categories = elements(row, cell, column);
      steps = steps < 0 ? categories.size() : steps;
      requireLength(row, column, categories.size(), steps);
      series.add(categories);
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
      Collections.nCopies(steps, weight(row, cell)).forEach(weights::add);
      return;
    }
    List<Object> elements = row.elements(cell, weight);
    requireLength(row, weight, elements.size(), steps);
    elements.forEach(element -> weights.add(weight(row, element)));
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

  private void requireLength(Cells row, String column, int actual, int length) {
    if (actual != length) {
      throw new DataException(
          "all arrays of a row must have the same length, %d".formatted(length),
          "a length of " + actual,
          row.place().column(column),
          "make the arrays equally long");
    }
  }

  /** Adds what step {@code t} of that row has; the first has what is of the sequence, too. */
  public void addStep(int t, Cells row, StepValues to) {
    if (!ofSteps.isEmpty()) {
      List<String> categories = new ArrayList<>();
      series.forEach(all -> categories.add(all.get(t)));
      to.categories(categories);
    }
    if (t == 0) {
      addFixed(row, to);
    }
    if (!weight.isEmpty()) {
      to.weight(weights.get(t));
    }
  }

  private void addFixed(Cells row, StepValues to) {
    if (numbers.isEmpty() && ofSequence.isEmpty()) {
      return;
    }
    int at = first + ofSteps.size();
    fixed.clear();
    for (int s = 0; s < numbers.size(); s++) {
      String column = numbers.get(s);
      fixed.add(row.number(row.get(at + s, column), column));
    }
    to.fixed(fixed, categories(row, at + numbers.size(), ofSequence));
  }

  private static List<String> categories(Cells row, int from, List<String> columns) {
    List<String> categories = new ArrayList<>(columns.size());
    for (int c = 0; c < columns.size(); c++) {
      categories.add(row.category(row.getOrNull(from + c), columns.get(c)));
    }
    return categories;
  }
}
