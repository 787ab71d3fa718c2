package io.hindsight.driver.score.kind;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Sums of answers to classes or labels by their names, so that those of models that know other
 * classes can be put together. They are exact: figures of sums, not means of figures.
 */
public final class ClassTotals {
  private final Map<String, Counts> counts = new LinkedHashMap<>(); // in the order of first sight
  private final CrossEntropy crossEntropy = new CrossEntropy();
  private long targets;
  private long answers; // a target has one for each label that is not missing
  private long right;
  private long rightAlways;

  /** How often a class was both true and answered, answered, and true. */
  private record Counts(long right, long answered, long support) {
    Counts plus(Counts other) {
      return new Counts(right + other.right, answered + other.answered, support + other.support);
    }
  }

  /** Of nothing yet. */
  ClassTotals() {}

  /**
   * Those of some scores.
   *
   * @param kind of classes or labels, with further figures
   * @param names of the classes or labels // (O)
   * @param always the answer that needs no input: a class, or some labels
   */
  public static ClassTotals of(KindScores kind, List<String> names, List<Integer> always) {
    if (kind instanceof ClassScores classes) {
      return classes.totals(names, always);
    }
    if (kind instanceof LabelScores labels) {
      return labels.totals(names, always);
    }
    throw new IllegalArgumentException("not of classes or labels: " + kind.getClass());
  }

  /** Adds a class or label. */
  void add(String name, long itsRight, long answered, long support) {
    counts.merge(name, new Counts(itsRight, answered, support), Counts::plus);
  }

  /** Adds how many answers there are, and how many of them are right. */
  void add(long ofTargets, long all, long ofNetwork, long ofAlways, CrossEntropy entropy) {
    targets += ofTargets;
    answers += all;
    right += ofNetwork;
    rightAlways += ofAlways;
    crossEntropy.merge(entropy);
  }

  /** Adds those of others. */
  public void merge(ClassTotals other) {
    other.counts.forEach((name, some) -> counts.merge(name, some, Counts::plus));
    add(other.targets, other.answers, other.right, other.rightAlways, other.crossEntropy);
  }

  /** Scored targets. */
  public long targets() {
    return targets;
  }

  /**
   * Adds {@code accuracy}, that of the answer that needs no input as {@code majority}, {@code
   * log_loss}, and {@code f1_macro}, the mean over classes that are true or answered.
   */
  public void put(SortedMap<String, Double> metrics, String majority) {
    metrics.put("accuracy", (double) right / answers);
    metrics.put(majority, (double) rightAlways / answers);
    metrics.put("log_loss", crossEntropy.mean());
    List<Double> f1 = new ArrayList<>();
    counts.forEach((name, of) -> f1.add(ClassFigures.of(of.right, of.answered, of.support).f1()));
    metrics.put("f1_macro", Ranks.mean(f1.stream()));
  }
}
