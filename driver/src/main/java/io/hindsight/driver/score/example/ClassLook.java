package io.hindsight.driver.score.example;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.datasets.sums.Total;
import io.hindsight.kernels.batch.Sequence;

/** How likely the true classes of one sequence are by the answers. */
final class ClassLook implements Look {
  private final ClassKind kind;
  private final Total losses = new Total();
  private long targets;
  private long right;
  private double least = Double.POSITIVE_INFINITY; // probability of a truth, at:
  private int step;
  private int truth;
  private int answer;
  private double answered; // probability of the answer

  ClassLook(ClassKind kind) {
    this.kind = kind;
  }

  @Override
  public void add(Sequence sequence, int at, double[] outputs) {
    int of = sequence.classes()[at];
    int said = kind.answer(outputs);
    targets++;
    right += said == of ? 1 : 0;
    losses.add(-StrictMath.log(Math.max(Double.MIN_NORMAL, outputs[of])));
    if (outputs[of] < least || outputs[of] <= least && at < step) {
      least = outputs[of];
      step = at;
      truth = of;
      answer = said;
      answered = outputs[said];
    }
  }

  @Override
  public long targets() {
    return targets;
  }

  @Override
  public double sum() {
    return losses.value();
  }

  @Override
  public double error() {
    return kind.error(sum(), targets);
  }

  @Override
  public void put(ObjectNode node) {
    node.put("right", right).put("step", kind.row(step)).put("truth", kind.name(truth));
    Numbers.put(node, "probability", least);
    node.put("answer", kind.name(answer));
    Numbers.put(node, "answer_probability", answered);
  }
}
