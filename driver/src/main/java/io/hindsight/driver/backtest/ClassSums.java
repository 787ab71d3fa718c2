package io.hindsight.driver.backtest;

import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.score.Details;
import io.hindsight.driver.score.Metrics;
import io.hindsight.driver.score.PartScore;
import io.hindsight.driver.score.kind.ClassTotals;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Sums of answers to classes or labels, by their names, since the model of a later origin may know
 * more classes. The answer that needs no input is that of each origin's own training part.
 *
 * @param totals of the network and of that answer
 */
record ClassSums(ClassTotals totals) implements OriginSums {
  /** Those of a model. */
  static ClassSums of(ModelBundle model, PartScore score) {
    List<String> names = Details.names(model.encoding(), model.network().output().size());
    List<Integer> always = model.majority().orElseThrow().outputs();
    return new ClassSums(ClassTotals.of(score.scores().kind(), names, always));
  }

  @Override
  public long targets() {
    return totals.targets();
  }

  @Override
  public void merge(OriginSums other) {
    totals.merge(((ClassSums) other).totals);
  }

  @Override
  public SortedMap<String, Double> metrics() {
    SortedMap<String, Double> metrics = new TreeMap<>();
    totals.put(metrics, Metrics.MAJORITY);
    return metrics;
  }
}
