package io.hindsight.driver.score.kind;

import io.hindsight.driver.score.rank.RankHistogram;
import io.hindsight.kernels.batch.Sequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;

/** How well labels are told, any number of which a target may have. */
final class LabelScores implements KindScores {
  private static final long serialVersionUID = 1L;

  private final LabelCounts counts;
  private final List<RankHistogram> ranks; // (O), or empty
  private final int size; // O
  private final boolean further;
  private final long[] answered; // (O): labels that are not missing
  private final CrossEntropy crossEntropy; // null unless asked for
  private long targets;
  private long right; // labels
  private long allRight; // targets

  LabelScores(int size, boolean further, boolean logLoss) {
    crossEntropy = logLoss ? new CrossEntropy() : null;
    this.size = size;
    this.further = further;
    counts = new LabelCounts(size);
    answered = new long[size];
    ranks = Ranks.none(size, further);
  }

  @Override
  public void add(Sequence sequence, int step, double[] outputs, List<ScoredTargets> also) {
    int first = step * size;
    double[] labels = Arrays.copyOfRange(sequence.targets(), first, first + size);
    boolean isAllRight = true;
    for (int o = 0; o < size; o++) {
      if (Double.isNaN(labels[o])) {
        continue;
      }
      boolean truth = labels[o] >= 0.5;
      boolean isRight = (outputs[o] >= 0.5) == truth;
      answered[o]++;
      right += isRight ? 1 : 0;
      isAllRight &= isRight;
      counts.add(o, truth, outputs[o] >= 0.5);
      if (!ranks.isEmpty()) {
        ranks.get(o).add(outputs[o], truth);
      }
      if (crossEntropy != null) {
        crossEntropy.add(CrossEntropy.of(outputs[o], labels[o]));
      }
    }
    targets++;
    allRight += isAllRight ? 1 : 0;
    also.forEach(to -> to.addLabels(sequence.id(), sequence.origin() + step, labels, outputs));
  }

  @Override
  public void merge(KindScores other) {
    LabelScores labels = (LabelScores) other;
    counts.merge(labels.counts);
    Ranks.merge(ranks, labels.ranks);
    Arrays.setAll(answered, o -> answered[o] + labels.answered[o]);
    targets += labels.targets;
    right += labels.right;
    allRight += labels.allRight;
    if (crossEntropy != null) {
      crossEntropy.merge(labels.crossEntropy);
    }
  }

  @Override
  public double logLoss() {
    return crossEntropy == null ? Double.NaN : crossEntropy.mean();
  }

  @Override
  public void putUsual(SortedMap<String, Double> metrics) {
    metrics.put("accuracy", (double) right / answers());
  }

  @Override
  public void putFurther(SortedMap<String, Double> metrics, TrainedClasses known) {
    if (further) {
      metrics.put("hamming_loss", (double) (answers() - right) / answers());
      metrics.put("subset_accuracy", (double) allRight / targets);
      metrics.put("f1_macro", Ranks.mean(counts.figures().stream().map(ClassFigures::f1)));
      Ranks.putMean(metrics, ranks);
    }
  }

  @Override
  public double rightAlways(List<Integer> outputs) {
    return (double) countAlways(outputs) / answers();
  }

  private long countAlways(List<Integer> outputs) {
    long[] support = counts.support();
    long ofAlways = 0;
    for (int o = 0; o < size; o++) {
      ofAlways += outputs.contains(o) ? support[o] : answered[o] - support[o];
    }
    return ofAlways;
  }

  /** The same by the names of the labels; only with further figures. */
  ClassTotals totals(List<String> names, List<Integer> always) {
    ClassTotals totals = new ClassTotals();
    counts.addTo(totals, names);
    totals.add(targets, answers(), right, countAlways(always), crossEntropy);
    return totals;
  }

  /** Labels that are not missing. */
  private long answers() {
    return Arrays.stream(answered).sum();
  }

  @Override
  public List<ClassFigures> figures() {
    List<ClassFigures> figures = new ArrayList<>(counts.figures());
    for (int o = 0; o < ranks.size(); o++) {
      figures.set(o, figures.get(o).withRocAuc(ranks.get(o).ranking().rocAuc()));
    }
    return figures;
  }
}
