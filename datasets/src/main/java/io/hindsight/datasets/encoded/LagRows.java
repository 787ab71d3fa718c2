package io.hindsight.datasets.encoded;

import io.hindsight.datasets.columns.RowNumbers;
import io.hindsight.datasets.sums.Mergeable;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Counts the steps that an autoregression could be fitted to, for each order that it might have: p,
 * and p/2, p/4 … 1, of which the first is taken that has at least twice as many steps as
 * coefficients.
 */
public final class LagRows implements Mergeable<LagRows> {
  private static final long serialVersionUID = 1L;
  private static final int DEFAULT_ORDER = 10;

  /** Numbers that a fit holds at once; of more rows every second, third … is fitted to. */
  private static final long LARGEST_FIT = 1L << 21;

  private final int outputs; // O
  private final int[] orders; // (K), falling
  private final long[] rows; // (K)

  /**
   * None yet.
   *
   * @param outputs O
   * @param season steps of one season; p is season + 1 then, else 10
   */
  public LagRows(int outputs, Optional<Integer> season) {
    this(outputs, orders(season.map(steps -> steps + 1).orElse(DEFAULT_ORDER)));
  }

  private static int[] orders(int wanted) {
    return IntStream.iterate(wanted, order -> order >= 1, order -> order / 2).toArray();
  }

  private LagRows(int outputs, int[] orders) {
    this.outputs = outputs;
    this.orders = orders;
    rows = new long[orders.length];
  }

  /** The same, none yet. */
  public LagRows none() {
    return new LagRows(outputs, orders);
  }

  /**
   * Counts the steps of a sequence of the training part.
   *
   * @param trained its pieces
   */
  public void count(Forecast truth, Stream<Window> trained) {
    AheadTargets targets = new AheadTargets(truth);
    Optional<Boolean> complete = Optional.empty();
    for (Iterator<Window> pieces = trained.map(targets::of).iterator(); pieces.hasNext(); ) {
      Window piece = pieces.next();
      complete = complete.or(() -> Optional.of(isComplete(truth, piece.sequence())));
      count(truth, piece, complete.get());
    }
  }

  private void count(Forecast truth, Window piece, boolean complete) {
    for (int step = piece.scoredFrom(); step < piece.steps(); step++) {
      for (int k = orders.length - 1;
          k >= 0 && isFitted(truth, piece, step, orders[k], complete);
          k--) {
        rows[k]++; // what a long history allows, a shorter one does
      }
    }
  }

  /**
   * Whether a step has a target, and the p values up to its present are a step apart each; of all
   * columns and horizons, none missing.
   *
   * @param complete whether no value of the sequence is missing
   */
  static boolean isFitted(Forecast truth, Window piece, int step, int order, boolean complete) {
    Sequence sequence = piece.sequence();
    int t = piece.start() + step;
    int present = truth.present(sequence.origin() + t);
    int from = present - order + 1;
    if (!piece.isScored(step) || !truth.line(sequence).isRun(from, present)) {
      return false;
    }
    int outputs = truth.outputs();
    boolean alone = truth.horizon().isSingle();
    return (complete && alone)
        || (TargetSeries.areThere(truth.series(sequence), outputs, from, present)
            && TargetSeries.areThere(RowNumbers.of(sequence.targets()), truth.elements(), t, t));
  }

  /** Whether no target column lacks a value. */
  static boolean isComplete(Forecast truth, Sequence sequence) {
    RowNumbers series = truth.series(sequence);
    return TargetSeries.areThere(series, truth.outputs(), 0, series.length() / truth.outputs() - 1);
  }

  @Override
  public void merge(LagRows other) {
    for (int k = 0; k < rows.length; k++) {
      rows[k] += other.rows[k];
    }
  }

  /** The steps to fit to, none yet; absent if even p = 1 has too few. */
  public Optional<LagSample> sample() {
    for (int k = 0; k < orders.length; k++) {
      long every = 1 + rows[k] * orders[k] * outputs / LARGEST_FIT;
      if ((rows[k] + every - 1) / every >= 2L * (orders[k] + 1)) {
        return Optional.of(new LagSample(outputs, orders[k], every));
      }
    }
    return Optional.empty();
  }
}
