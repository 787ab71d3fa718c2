package io.hindsight.driver.score.example;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.kernels.batch.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The truth and the answers of the first target column: of the newest steps, or where each step
 * answers for several of the newest that do not overlap.
 */
final class ValuePoints implements Points {
  /** What a step answers for one row. */
  private record Point(int row, double[] told) {}

  private final ValueKind kind;
  private final int horizons; // H
  private final NavigableMap<Integer, List<Point>> steps = new TreeMap<>();

  ValuePoints(ValueKind kind) {
    this.kind = kind;
    horizons = kind.elements() / kind.columns();
  }

  @Override
  public int steps() {
    return MOST + horizons;
  }

  @Override
  public void add(Sequence sequence, int step, double[] outputs) {
    if (steps.size() == steps() && step < steps.firstKey()) {
      return;
    }
    List<Point> points = new ArrayList<>(horizons);
    for (int e = 0; e < kind.elements(); e += kind.columns()) {
      double[] told = kind.told(sequence, step, e, outputs);
      if (!Double.isNaN(told[0])) {
        points.add(new Point(kind.row(sequence, step, e), told));
      }
    }
    steps.put(step, points);
    if (steps.size() > steps()) {
      steps.pollFirstEntry();
    }
  }

  @Override
  public void put(ObjectNode node) {
    kind.column().ifPresent(name -> node.put("column", name));
    List<Double> levels = kind.levels();
    ArrayNode levelsNode = node.putArray("levels");
    levels.forEach(levelsNode::add);
    ArrayNode origins = node.putArray("origins");
    ArrayNode rows = node.putArray("steps");
    ArrayNode truth = node.putArray("truths");
    ArrayNode answers = node.putArray("answers");
    ArrayNode quantiles = node.putArray("quantiles");
    levels.forEach(level -> quantiles.addArray());
    for (int step : shown()) {
      for (Point point : steps.get(step)) {
        origins.add(kind.origin(step));
        rows.add(point.row());
        Numbers.add(truth, point.told()[0]);
        Numbers.add(answers, point.told()[1]);
        for (int i = 0; i < levels.size(); i++) {
          Numbers.add((ArrayNode) quantiles.get(i), point.told()[2 + i]);
        }
      }
    }
  }

  /** Steps whose answers are shown, ascending: the newest that is answered to its end, and back. */
  private List<Integer> shown() {
    List<Integer> shown = new ArrayList<>();
    Map.Entry<Integer, List<Point>> at = newest();
    int points = 0;
    while (at != null && (points == 0 || points + horizons <= MOST)) {
      if (!at.getValue().isEmpty()) {
        shown.add(0, at.getKey());
        points += horizons;
      }
      at = steps.floorEntry(at.getKey() - horizons);
    }
    return shown;
  }

  private Map.Entry<Integer, List<Point>> newest() {
    for (Map.Entry<Integer, List<Point>> of : steps.descendingMap().entrySet()) {
      if (of.getValue().size() == horizons) {
        return of;
      }
    }
    return steps.lastEntry();
  }
}
