package io.hindsight.driver.score.kind;

import io.hindsight.driver.score.rank.RankHistogram;
import io.hindsight.kernels.batch.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** How well classes are told, of which each target has one. */
public final class ClassScores implements KindScores {
  private static final long serialVersionUID = 1L;

  private final Confusion confusion;
  private final ClassProbabilities probabilities; // null unless asked for
  private final CrossEntropy crossEntropy; // null unless asked for
  private final boolean ordered; // whether the median of the classes is answered
  private long targets;
  private long right;

  ClassScores(int size, boolean further, boolean logLoss) {
    this(size, further, logLoss, false);
  }

  /** Of classes that have an order. */
  static ClassScores ordered(int size, boolean further) {
    return new ClassScores(size, further, further, true);
  }

  private ClassScores(int size, boolean further, boolean logLoss, boolean ordered) {
    this.ordered = ordered;
    crossEntropy = logLoss ? new CrossEntropy() : null;
    confusion = new Confusion(size);
    probabilities = further ? new ClassProbabilities(size) : null;
  }

  /** Index of the largest output, the first of equals. */
  public static int largest(double[] outputs) {
    int largest = 0;
    for (int o = 1; o < outputs.length; o++) {
      largest = outputs[o] > outputs[largest] ? o : largest;
    }
    return largest;
  }

  @Override
  public void add(Sequence sequence, int step, double[] outputs, List<ScoredTargets> also) {
    int truth = sequence.classes()[step];
    int answer = ordered ? MedianClass.of(outputs) : largest(outputs);
    targets++;
    right += answer == truth ? 1 : 0;
    confusion.add(truth, answer);
    if (probabilities != null) {
      probabilities.add(truth, answer, outputs);
    }
    if (crossEntropy != null) {
      crossEntropy.add(CrossEntropy.of(outputs[truth]));
    }
    also.forEach(
        to ->
            to.addClass(sequence.id(), sequence.origin() + step, truth, answer == truth, outputs));
  }

  @Override
  public void merge(KindScores other) {
    ClassScores classes = (ClassScores) other;
    confusion.merge(classes.confusion);
    targets += classes.targets;
    right += classes.right;
    if (probabilities != null) {
      probabilities.merge(classes.probabilities);
    }
    if (crossEntropy != null) {
      crossEntropy.merge(classes.crossEntropy);
    }
  }

  @Override
  public double logLoss() {
    return crossEntropy == null ? Double.NaN : crossEntropy.mean();
  }

  @Override
  public void putUsual(SortedMap<String, Double> metrics) {
    metrics.put("accuracy", (double) right / targets);
    if (ordered) {
      metrics.put("rank_mae", confusion.rankError());
      metrics.put("quadratic_weighted_kappa", confusion.quadraticKappa());
    }
  }

  @Override
  public void putFurther(SortedMap<String, Double> metrics, TrainedClasses known) {
    if (probabilities != null) {
      List<ClassFigures> figures = confusion.figures();
      metrics.put("balanced_accuracy", Ranks.mean(figures.stream().map(ClassFigures::recall)));
      metrics.put("f1_macro", Ranks.mean(figures.stream().map(ClassFigures::f1)));
      metrics.put("mcc", confusion.correlation());
      probabilities.put(metrics, targets, known);
    }
  }

  /** What is known of probabilities; absent unless asked for. */
  public Optional<ClassProbabilities> probabilities() {
    return Optional.ofNullable(probabilities);
  }

  @Override
  public double rightAlways(List<Integer> outputs) {
    return (double) confusion.support()[outputs.get(0)] / targets;
  }

  /** The same by the names of the classes; only with further figures. */
  ClassTotals totals(List<String> names, List<Integer> always) {
    ClassTotals totals = new ClassTotals();
    long[] answered = confusion.answered();
    long[] support = confusion.support();
    for (int c = 0; c < answered.length; c++) {
      totals.add(names.get(c), confusion.right(c), answered[c], support[c]);
    }
    totals.add(targets, targets, right, support[always.get(0)], crossEntropy);
    return totals;
  }

  @Override
  public double rankErrorAlways(List<Integer> outputs) {
    return ordered ? confusion.rankErrorOf(outputs.get(1)) : Double.NaN;
  }

  @Override
  public List<ClassFigures> figures() {
    List<ClassFigures> figures = new ArrayList<>(confusion.figures());
    List<RankHistogram> ranks = probabilities == null ? List.of() : probabilities.ranks();
    for (int c = 0; c < ranks.size(); c++) {
      figures.set(c, figures.get(c).withRocAuc(ranks.get(c).ranking().rocAuc()));
    }
    return figures;
  }

  @Override
  public List<List<Long>> confusion() {
    return confusion.matrix();
  }
}
