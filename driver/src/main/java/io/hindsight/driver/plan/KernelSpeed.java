package io.hindsight.driver.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The time of a task's forward and backward pass as a function of its lane blocks, between and
 * beyond what was measured on straight lines.
 */
public final class KernelSpeed {
  private final List<Point> points; // by blocks

  /**
   * A measurement.
   *
   * @param blocks lane blocks of the task
   * @param nanos time of a step, ns
   */
  public record Point(int blocks, double nanos) {}

  /**
   * From measurements.
   *
   * @param points at least one; of several with the same blocks the last counts
   */
  public KernelSpeed(List<Point> points) {
    this.points = new ArrayList<>();
    for (Point point : points) {
      this.points.removeIf(other -> other.blocks() == point.blocks());
      this.points.add(point);
    }
    this.points.sort(Comparator.comparingInt(Point::blocks));
    if (points.isEmpty()) {
      throw new IllegalArgumentException("a speed needs a measurement");
    }
    takeMoreWorkAsBound();
  }

  /** More work is never faster: if it was, the measurement of less was disturbed. */
  private void takeMoreWorkAsBound() {
    for (int i = points.size() - 2; i >= 0; i--) {
      double bound = Math.min(points.get(i).nanos(), points.get(i + 1).nanos());
      points.set(i, new Point(points.get(i).blocks(), bound));
    }
  }

  /** The measurements by blocks. */
  public List<Point> points() {
    return List.copyOf(points);
  }

  /** Time of a step of a task with some lane blocks, ns. */
  public double nanos(int blocks) {
    if (points.size() == 1 || blocks < points.get(0).blocks()) {
      Point only = points.get(0);
      return only.nanos() * blocks / only.blocks();
    }
    int upper = 1;
    while (upper < points.size() - 1 && points.get(upper).blocks() < blocks) {
      upper++;
    }
    Point from = points.get(upper - 1);
    Point to = points.get(upper);
    double slope = (to.nanos() - from.nanos()) / (to.blocks() - from.blocks());
    return from.nanos() + slope * (blocks - from.blocks());
  }

  /** The same curve on machines that need another time for some blocks. */
  public KernelSpeed through(Point measured) {
    double factor = measured.nanos() / nanos(measured.blocks());
    return new KernelSpeed(
        points.stream().map(each -> new Point(each.blocks(), each.nanos() * factor)).toList());
  }
}
