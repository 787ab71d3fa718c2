package io.hindsight.datasets.sums;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Errors by how far ahead their forecasts look, in exact sums, of which there are as many as
 * needed.
 */
public final class HorizonTotals implements Mergeable<HorizonTotals> {
  private static final long serialVersionUID = 1L;

  private final ArrayList<Sums> sums = new ArrayList<>(); // by horizon

  /** Those of one horizon, or of several. */
  private static final class Sums implements Mergeable<Sums>, Serializable {
    private static final long serialVersionUID = 1L;

    private final ErrorTotals errors = new ErrorTotals(1);
    private final Total scaled = new Total();
    private long count;
    private long scaledCount;

    @Override
    public void merge(Sums other) {
      errors.merge(other.errors);
      scaled.merge(other.scaled);
      count += other.count;
      scaledCount += other.scaledCount;
    }

    HorizonErrors errors() {
      return new HorizonErrors(
          errors.rmse(count), errors.mae(count), scaled.value() / scaledCount, count);
    }
  }

  /**
   * Adds the error of a number.
   *
   * @param horizon among those that are answered, from 0
   * @param scaled the absolute error in units of its sequence's scale; NaN where it has none
   */
  public void add(int horizon, double error, double scaled) {
    Sums of = of(horizon);
    of.errors.add(0, error);
    of.count++;
    if (!Double.isNaN(scaled)) {
      of.scaled.add(scaled);
      of.scaledCount++;
    }
  }

  private Sums of(int horizon) {
    while (sums.size() <= horizon) {
      sums.add(new Sums());
    }
    return sums.get(horizon);
  }

  @Override
  public void merge(HorizonTotals other) {
    for (int h = 0; h < other.sums.size(); h++) {
      of(h).merge(other.sums.get(h));
    }
  }

  /** Those of each horizon, nearest first. */
  public List<HorizonErrors> byHorizon() {
    return sums.stream().map(Sums::errors).toList();
  }

  /** Those of all together. */
  public HorizonErrors all() {
    Sums all = new Sums();
    sums.forEach(all::merge);
    return all.errors();
  }
}
