package io.hindsight.submit.faults;

import java.time.Duration;

/** How fast this machine is: a busy one takes longer for everything, and is given longer. */
final class Pace {
  /** {@code .ci/faults --slowness X}: times as long as on two cores that do nothing else. */
  static final double SLOWNESS =
      Double.parseDouble(System.getProperty("hindsight.faults.slowness", "1"));

  private Pace() {}

  /** So many seconds of a machine that does nothing else. */
  static Duration seconds(int number) {
    return Duration.ofMillis(Math.round(1000 * SLOWNESS * number));
  }
}
