package io.hindsight.driver.run;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The loss against a learning rate that grows from step to step, and the rate that it suggests.
 *
 * <p>Losses of single minibatches jump, so a running mean is looked at: m ← β·m + (1 − β)·loss, of
 * which m / (1 − βⁿ) after n steps is the loss without the weight of the zero it began with.
 */
public final class RateCurve {
  /** β of the running mean. */
  private static final double SMOOTHING = 0.9;

  /** Above so many times the lowest loss the rate is too high, and so will higher ones be. */
  private static final double TOO_HIGH = 4;

  /** How far below the rate of the lowest loss a rate is safe for a whole run. */
  private static final double MARGIN = 10;

  /** Steps before and after a step between which the running mean falls. */
  private static final int AROUND = 5;

  /** Steps until the running mean is one of enough minibatches to be compared. */
  private static final int ENOUGH = 10;

  /** Share of what it was then by which the loss must have fallen. */
  private static final double FALL = 0.05;

  private static final MathContext ONE_DIGIT = new MathContext(1, RoundingMode.HALF_EVEN);

  /**
   * One step.
   *
   * @param rate of its update
   * @param loss mean over its targets, before the update
   * @param smoothed the running mean with it
   */
  public record Point(double rate, double loss, double smoothed) {}

  private final List<Point> points = new ArrayList<>();
  private double mean;
  private double weight = 1; // βⁿ
  private Optional<String> end = Optional.empty();

  /** Takes the next step, whose rate is higher than the one's before. */
  void add(double rate, double loss) {
    mean = SMOOTHING * mean + (1 - SMOOTHING) * loss;
    weight *= SMOOTHING;
    points.add(new Point(rate, loss, mean / (1 - weight)));
  }

  /** Ends where a step was not finite. */
  void diverged(String what) {
    end = Optional.of(what);
  }

  /** Whether higher rates need not be tried. */
  boolean isOver() {
    return !points.isEmpty()
        && points.get(points.size() - 1).smoothed() > TOO_HIGH * lowest().smoothed();
  }

  /** The steps, in order. */
  public List<Point> points() {
    return List.copyOf(points);
  }

  /** What was not finite at the end; absent if all was. */
  public Optional<String> end() {
    return end;
  }

  /** The step with the lowest running mean, of those from the tenth on. */
  public Point lowest() {
    Point lowest = first();
    for (Point point : points.subList(points.indexOf(lowest), points.size())) {
      lowest = point.smoothed() < lowest.smoothed() ? point : lowest;
    }
    return lowest;
  }

  private Point first() {
    return points.get(Math.min(ENOUGH, points.size()) - 1);
  }

  /** Whether the loss was lowest at the end, so that higher rates should be tried. */
  public boolean isStillFalling() {
    return !points.isEmpty() && end.isEmpty() && lowest() == points.get(points.size() - 1);
  }

  /**
   * The rate at which the loss fell fastest, or a tenth of that at which it was lowest, whichever
   * is lower, to one digit.
   *
   * @return absent if the loss did not fall
   */
  public OptionalDouble suggestion() {
    if (points.isEmpty() || !hasFallen()) {
      return OptionalDouble.empty();
    }
    double rate = Math.min(steepest().rate(), lowest().rate() / MARGIN);
    return OptionalDouble.of(new BigDecimal(rate).round(ONE_DIGIT).doubleValue());
  }

  /** By more than the losses of the first minibatches, at the lowest rates, differ. */
  private boolean hasFallen() {
    double[] losses = points.stream().limit(ENOUGH).mapToDouble(Point::loss).toArray();
    double middle = Arrays.stream(losses).average().orElseThrow();
    double variance =
        Arrays.stream(losses).map(x -> (x - middle) * (x - middle)).average().orElseThrow();
    double fall = first().smoothed() - lowest().smoothed();
    return fall > Math.max(FALL * first().smoothed(), Math.sqrt(variance));
  }

  /** The step around which the running mean fell most. */
  private Point steepest() {
    int steepest = 0;
    double most = 0;
    for (int i = 0; i < points.size(); i++) {
      int before = Math.max(0, i - AROUND);
      int after = Math.min(points.size() - 1, i + AROUND);
      double fall = points.get(before).smoothed() - points.get(after).smoothed();
      if (fall > most) {
        most = fall;
        steepest = i;
      }
    }
    return points.get(steepest);
  }
}
