package io.hindsight.driver.bench;

import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures several things in turn, a slice of each per round: first until their times stop falling,
 * then for good.
 *
 * <p>A kernel runs at a hundredth of its speed until the JIT compiler has finished with it, which
 * takes seconds, and loses its code again when another shape first takes a path that the compiler
 * thought dead. So all are warmed up together, until none became faster for a while.
 */
final class Rounds {
  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

  private static final int ROUNDS = 10;
  private static final int LEAST_QUIET_ROUNDS = 2;
  private static final int MOST_WARM_ROUNDS = 5 * ROUNDS;

  /** A fall by less is noise. */
  private static final double FALL = 0.98;

  private final List<? extends Measured> all;
  private final double seconds;
  private final double[] fastest; // [all]

  /**
   * Prepares to measure.
   *
   * @param seconds to spend on each
   */
  Rounds(List<? extends Measured> all, double seconds) {
    this.all = all;
    this.seconds = seconds;
    fastest = new double[all.size()];
    Arrays.fill(fastest, Double.POSITIVE_INFINITY);
  }

  /** Warms up, forgets the times of that, and measures. */
  void run() {
    warmUp();
    all.forEach(Measured::forget);
    for (int round = 0; round < ROUNDS; round++) {
      round();
    }
  }

  /** Until as many rounds brought no fall as take {@code seconds} or more. */
  private void warmUp() {
    int wanted = Math.max(LEAST_QUIET_ROUNDS, 2 * ROUNDS / all.size());
    int quiet = 0;
    int rounds = 0;
    while (quiet < wanted && rounds < MOST_WARM_ROUNDS) {
      round();
      rounds++;
      quiet = hasFallen() ? 0 : quiet + 1;
    }
    if (quiet < wanted) {
      LOG.warn("times still fell after {} rounds of warming up; measure for longer", rounds);
    } else {
      LOG.info("warm after {} rounds of {} s each; measuring", rounds, seconds / ROUNDS);
    }
  }

  private void round() {
    for (Measured each : all) {
      each.run(seconds / ROUNDS);
    }
  }

  private boolean hasFallen() {
    boolean fallen = false;
    for (int i = 0; i < fastest.length; i++) {
      double now = all.get(i).fastest();
      if (now < FALL * fastest[i]) {
        fastest[i] = now;
        fallen = true;
      }
    }
    return fallen;
  }
}
