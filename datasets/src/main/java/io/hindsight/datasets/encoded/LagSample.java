package io.hindsight.datasets.encoded;

import io.hindsight.datasets.IdOrder;
import io.hindsight.datasets.sums.Mergeable;
import io.hindsight.kernels.batch.Sequence;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The steps that an autoregression is fitted to: all, or every second, third … of each sequence,
 * beginning with one that its id decides. So they do not depend on which sequences are read
 * together, and are few enough to be held at once.
 */
public final class LagSample implements Mergeable<LagSample> {
  private static final long serialVersionUID = 1L;

  private final int outputs; // O
  private final int order; // p
  private final long every;
  private final ArrayList<Row> rows = new ArrayList<>();

  /**
   * One step.
   *
   * @param id its sequence
   * @param step of it
   * @param lags y_t, y_{t−1}, … y_{t−p+1} // (p, O)
   * @param targets y_{t+h} of each horizon // (H·O)
   */
  record Row(String id, int step, double[] lags, double[] targets) implements Serializable {
    private static final Comparator<Row> ORDER =
        Comparator.comparing(Row::id, IdOrder.UTF_8).thenComparing(Row::step);
  }

  LagSample(int outputs, int order, long every) {
    this.outputs = outputs;
    this.order = order;
    this.every = every;
  }

  /** The same without steps. */
  public LagSample none() {
    return new LagSample(outputs, order, every);
  }

  /** Takes steps of a sequence of the training part. */
  public void add(Forecast truth, Sequence trained) {
    Sequence sequence = new AheadTargets(truth).of(trained);
    long number = sequence.id().hashCode();
    boolean complete = LagRows.isComplete(truth, sequence);
    for (int t = sequence.firstTarget(); t < sequence.length(); t++) {
      if (LagRows.isFitted(truth, sequence, t, order, complete)
          && Math.floorMod(number++, every) == 0) {
        rows.add(row(truth, sequence, t));
      }
    }
  }

  private Row row(Forecast truth, Sequence sequence, int t) {
    double[] series = truth.series(sequence);
    double[] lags = new double[order * outputs];
    for (int i = 0; i < order; i++) {
      System.arraycopy(series, (truth.present(t) - i) * outputs, lags, i * outputs, outputs);
    }
    double[] targets = new double[truth.elements()];
    Arrays.setAll(targets, o -> truth.actual(sequence, t, o));
    return new Row(sequence.id(), t, lags, targets);
  }

  @Override
  public void merge(LagSample other) {
    rows.addAll(other.rows);
  }

  /** Fits to these steps; absent if the values do not determine the coefficients. */
  Optional<Autoregression> fit() {
    rows.sort(Row.ORDER);
    return Autoregression.fit(List.copyOf(rows), order, outputs);
  }
}
