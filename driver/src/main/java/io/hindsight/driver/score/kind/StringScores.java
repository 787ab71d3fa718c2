package io.hindsight.driver.score.kind;

import io.hindsight.kernels.batch.LabelString;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.ctc.BestPath;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;

/** How well label strings are answered. */
public final class StringScores implements KindScores {
  private static final long serialVersionUID = 1L;

  private final int size; // O
  private final StringErrors errors = new StringErrors();
  private long targets;
  private long right;

  StringScores(int size) {
    this.size = size;
  }

  /**
   * Adds the answer to a label string.
   *
   * @param outputs probabilities of all scored steps // (T, O)
   * @param loss of this string alone
   */
  public void add(Window window, double[] outputs, double loss, List<ScoredTargets> also) {
    int[] truth = LabelString.of(window);
    int[] answer = BestPath.of(outputs, size);
    boolean isRight = Arrays.equals(truth, answer);
    targets++;
    right += isRight ? 1 : 0;
    errors.add(truth, answer);
    also.forEach(to -> to.addString(window.sequence().id(), truth, isRight, loss));
  }

  @Override
  public void add(Sequence sequence, int step, double[] outputs, List<ScoredTargets> also) {
    throw new IllegalStateException("a step of a label string has no target");
  }

  @Override
  public void merge(KindScores other) {
    StringScores strings = (StringScores) other;
    targets += strings.targets;
    right += strings.right;
    errors.merge(strings.errors);
  }

  @Override
  public void putUsual(SortedMap<String, Double> metrics) {
    metrics.put("label_error_rate", errors.rate());
    metrics.put("accuracy", (double) right / targets);
  }

  @Override
  public void putFurther(SortedMap<String, Double> metrics, TrainedClasses known) {}

  @Override
  public double rightAlways(List<Integer> outputs) {
    return (double) errors.empty() / targets;
  }
}
