package io.hindsight.datasets.encoded;

import io.hindsight.datasets.IdOrder;
import io.hindsight.datasets.columns.RowNumbers;
import io.hindsight.datasets.sums.Mergeable;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.stream.LongStream;
import java.util.stream.Stream;

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

  /**
   * Takes steps of a sequence of the training part.
   *
   * @param trained its pieces, in order
   */
  public void add(Forecast truth, Stream<Window> trained) {
    AheadTargets targets = new AheadTargets(truth);
    Optional<Boolean> complete = Optional.empty();
    PrimitiveIterator.OfLong numbers = null; // of the steps that may be taken
    for (Iterator<Window> pieces = trained.map(targets::of).iterator(); pieces.hasNext(); ) {
      Window piece = pieces.next();
      if (numbers == null) {
        long first = piece.sequence().id().hashCode();
        numbers = LongStream.iterate(first, number -> number + 1).iterator();
      }
      complete = complete.or(() -> Optional.of(LagRows.isComplete(truth, piece.sequence())));
      add(truth, piece, complete.get(), numbers);
    }
  }

  private void add(
      Forecast truth, Window piece, boolean complete, PrimitiveIterator.OfLong numbers) {
    for (int step = piece.scoredFrom(); step < piece.steps(); step++) {
      if (LagRows.isFitted(truth, piece, step, order, complete)
          && Math.floorMod(numbers.nextLong(), every) == 0) {
        rows.add(row(truth, piece.sequence(), piece.start() + step));
      }
    }
  }

  private Row row(Forecast truth, Sequence sequence, int t) {
    RowNumbers series = truth.series(sequence);
    double[] lags = new double[order * outputs];
    int present = truth.present(sequence.origin() + t);
    Arrays.setAll(lags, i -> series.get((present - i / outputs) * outputs + i % outputs));
    double[] targets = new double[truth.elements()];
    Arrays.setAll(targets, o -> truth.actual(sequence, t, o));
    return new Row(sequence.id(), sequence.origin() + t, lags, targets);
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
