package io.hindsight.driver.score.example;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.kernels.batch.Sequence;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The true classes of the newest steps, and how likely they are by the answers. */
final class ClassPoints implements Points {
  /** What is told of a step. */
  private record Point(int truth, int answer, double probability) {}

  private final ClassKind kind;
  private final NavigableMap<Integer, Point> steps = new TreeMap<>();

  ClassPoints(ClassKind kind) {
    this.kind = kind;
  }

  @Override
  public int steps() {
    return MOST;
  }

  @Override
  public void add(Sequence sequence, int step, double[] outputs) {
    int truth = sequence.classes()[step];
    steps.put(step, new Point(truth, kind.answer(outputs), outputs[truth]));
    if (steps.size() > MOST) {
      steps.pollFirstEntry();
    }
  }

  @Override
  public void put(ObjectNode node) {
    ArrayNode rows = node.putArray("steps");
    ArrayNode truths = node.putArray("truths");
    ArrayNode answers = node.putArray("answers");
    ArrayNode probabilities = node.putArray("probabilities");
    steps.forEach(
        (step, point) -> {
          rows.add(kind.row(step));
          truths.add(kind.name(point.truth()));
          answers.add(kind.name(point.answer()));
          Numbers.add(probabilities, point.probability());
        });
  }
}
