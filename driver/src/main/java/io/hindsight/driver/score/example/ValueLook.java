package io.hindsight.driver.score.example;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.datasets.sums.Total;
import io.hindsight.kernels.batch.Sequence;
import java.util.Arrays;

/** The errors of one sequence: the squares of all, and those of the nearest step ahead. */
final class ValueLook implements Look {
  private final ValueKind kind;
  private final int first; // step that has errors
  private final double[] errors; // (steps from the first, O), NaN where there is none
  private final Total squares = new Total();
  private long targets;

  ValueLook(ValueKind kind, Sequence sequence) {
    this.kind = kind;
    first = sequence.firstTarget();
    errors = new double[(sequence.length() - first) * kind.columns()];
    Arrays.fill(errors, Double.NaN);
  }

  @Override
  public void add(Sequence sequence, int step, double[] outputs) {
    int columns = kind.columns();
    for (int e = 0; e < kind.elements(); e++) {
      double error = kind.error(sequence, step, e, outputs);
      if (!Double.isNaN(sequence.targets()[step * kind.elements() + e])) {
        squares.add(error * error);
        targets++;
      }
      if (e < columns) {
        errors[(step - first) * columns + e] = error;
      }
    }
  }

  /** The errors of the nearest step ahead // (steps, O). */
  double[] errors() {
    return errors;
  }

  @Override
  public long targets() {
    return targets;
  }

  @Override
  public double sum() {
    return squares.value();
  }

  @Override
  public double error() {
    return kind.error(sum(), targets);
  }

  @Override
  public void put(ObjectNode node) {
    // the points tell the rest
  }
}
