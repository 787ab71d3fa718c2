package io.hindsight.driver.score;

import io.hindsight.datasets.sums.ErrorTotals;
import io.hindsight.datasets.sums.Total;
import io.hindsight.driver.score.kind.ScoredTargets;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What is reached on each of some sequences, all of whose targets come here. */
final class SequenceSums implements ScoredTargets, Serializable {
  private static final long serialVersionUID = 1L;

  private final Map<String, Sums> sums = new HashMap<>();

  /** Those of one sequence. */
  private static final class Sums implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ErrorTotals errors = new ErrorTotals(1);
    private final Total scaled = new Total();
    private long numbers;
    private long scaledNumbers;
    private long targets;
    private long answers;
    private long right;
  }

  private Sums of(String sequence) {
    Sums of = sums.computeIfAbsent(sequence, id -> new Sums());
    of.targets++;
    return of;
  }

  @Override
  public void addValues(
      String sequence, int step, double[] error, double[] actual, double[] scaled) {
    Sums of = of(sequence);
    for (int o = 0; o < error.length; o++) {
      if (Double.isNaN(actual[o])) {
        continue;
      }
      of.errors.add(0, error[o]);
      of.numbers++;
      if (!Double.isNaN(scaled[o])) {
        of.scaled.add(scaled[o]);
        of.scaledNumbers++;
      }
    }
  }

  @Override
  public void addClass(String sequence, int step, int truth, boolean isRight, double[] outputs) {
    addAnswer(of(sequence), isRight);
  }

  @Override
  public void addLabels(String sequence, int step, double[] labels, double[] outputs) {
    Sums of = of(sequence);
    for (int o = 0; o < outputs.length; o++) {
      if (!Double.isNaN(labels[o])) {
        addAnswer(of, (outputs[o] >= 0.5) == (labels[o] >= 0.5));
      }
    }
  }

  @Override
  public void addString(String sequence, int[] truth, boolean isRight, double loss) {
    addAnswer(of(sequence), isRight);
  }

  private static void addAnswer(Sums of, boolean isRight) {
    of.answers++;
    of.right += isRight ? 1 : 0;
  }

  /**
   * A row for each sequence, in no order.
   *
   * @param baselines what simple forecasts reach on the targets of a sequence
   */
  List<SequenceRow> rows(Function<String, Baselines> baselines) {
    return sums.entrySet().stream()
        .map(one -> row(one.getKey(), one.getValue(), baselines.apply(one.getKey())))
        .toList();
  }

  private static SequenceRow row(String id, Sums of, Baselines baselines) {
    String best = baselines.best().orElse("");
    return new SequenceRow(
        id,
        of.targets,
        of.errors.rmse(of.numbers),
        of.errors.mae(of.numbers),
        of.scaled.value() / of.scaledNumbers,
        (double) of.right / of.answers,
        best,
        baselines.rmse().getOrDefault(best, Double.NaN));
  }
}
