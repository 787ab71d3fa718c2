package io.hindsight.datasets.rows.steps;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Doubles;
import io.hindsight.datasets.columns.Part;
import io.hindsight.datasets.columns.SideColumns;
import io.hindsight.datasets.rows.Cells;
import io.hindsight.datasets.rows.RowLayout;
import io.hindsight.datasets.spec.PartColumn;
import java.util.ArrayList;
import java.util.List;

/**
 * What a row has beside inputs and target: categories, what is of the sequence, a weight, and the
 * part that it belongs to.
 */
public final class SideCells {
  private final List<String> ofSteps;
  private final List<String> numbers;
  private final List<String> ofSequence;
  private final int weightAt;
  private final int first; // position of the first column in a row
  private final boolean isEmpty;
  private final String weight; // empty if targets have none
  private final PartColumn part;
  private final boolean hasParts; // of rows
  private final int partAt;
  private final Doubles fixed = new Doubles();

  /** For rows of a layout. */
  public SideCells(RowLayout layout) {
    SideColumns side = layout.side();
    ofSteps = side.ofSteps();
    numbers = side.numbers();
    ofSequence = side.ofSequence();
    first = layout.firstBeside();
    isEmpty = side.isEmpty();
    weight = side.weights().column();
    weightAt = layout.weightAt();
    part = layout.part();
    hasParts = !part.columns().isEmpty();
    partAt = layout.partAt();
  }

  /** Adds what a row that is one step has. */
  public void addStep(Cells row, StepValues to) {
    addBeside(row, to);
    if (!weight.isEmpty()) {
      to.weight(weight(row, row.get(weightAt, weight)));
    }
    addRank(row, to);
  }

  /** Adds which part a row belongs to. */
  void addRank(Cells row, StepValues to) {
    if (hasParts) {
      to.rank(rank(row, row.get(partAt, part.name())));
    }
  }

  private int rank(Cells row, Object cell) {
    String value = row.category(cell, part.name());
    return (value == null ? Part.TRAINING : part.part(value)).ordinal();
  }

  /** The same of a row that is no step, whose target counts for nothing; it may be of no part. */
  public void addFuture(Cells row, StepValues to) {
    addBeside(row, to);
    if (!weight.isEmpty()) {
      to.weight(0);
    }
    if (hasParts) {
      to.rank(rank(row, row.getOrNull(partAt)));
    }
  }

  private void addBeside(Cells row, StepValues to) {
    if (!isEmpty) {
      to.categories(categories(row, first, ofSteps));
      addFixed(row, to);
    }
  }

  /** The weight that a cell or an element of one holds. */
  double weight(Cells row, Object cell) {
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

  /** Adds what a row has of the whole sequence. */
  void addFixed(Cells row, StepValues to) {
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
