package io.hindsight.driver.answer;

import io.hindsight.datasets.DataSpec.TargetKind;
import io.hindsight.datasets.encoding.Encoding;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the values of an {@link Answer} are.
 *
 * <p>A class and its probability, or one number per output: the value of the target column, or the
 * probability of the label.
 *
 * @param targets the target columns: one of a class, else one per output, with an index where one
 *     column has many
 * @param probability whether the probability of a class follows
 * @param targetTimes whether the time that is answered for can be known
 */
public record AnswerColumns(List<String> targets, boolean probability, boolean targetTimes) {
  /** The column of a class's probability. */
  public static final String PROBABILITY = "probability";

  public AnswerColumns {
    targets = List.copyOf(targets);
  }

  /** The columns of a model's answers. */
  public static AnswerColumns of(Encoding.Table encoding) {
    boolean classes = encoding.targetKind() == TargetKind.CLASS;
    boolean times = encoding.horizon() > 0 && !encoding.timeSteps().areRows();
    return new AnswerColumns(targets(encoding, classes), classes, times);
  }

  private static List<String> targets(Encoding.Table encoding, boolean classes) {
    List<String> targets = encoding.targets();
    return classes || targets.size() == encoding.outputs()
        ? targets
        : IntStream.range(0, encoding.outputs()).mapToObj(o -> targets.get(0) + "_" + o).toList();
  }

  /** How many values an answer has. */
  public int size() {
    return targets.size() + (probability ? 1 : 0);
  }

  /** Whether a value is the name of a class. */
  public boolean isText(int value) {
    return probability && value == 0;
  }
}
