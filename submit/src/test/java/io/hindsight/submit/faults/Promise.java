package io.hindsight.submit.faults;

import java.time.Duration;
import java.util.Set;

/**
 * What submit/README.md promises of a fault.
 *
 * @param endings exit codes with which the driver may end because of it, beside 0; it is resumed
 * @param silence longest time without a step or the driver's end: what is promised, and some
 *     seconds for a busy machine
 */
record Promise(Set<Integer> endings, Duration silence) {
  /** What a driver takes to start and make its first step, on a busy machine. */
  static final Duration START = Pace.seconds(60);

  /** The run goes on by itself. */
  static Promise goesOn(int silenceSeconds) {
    return new Promise(Set.of(), Pace.seconds(silenceSeconds));
  }

  /** The driver may end with one of these codes, and is resumed. */
  Promise orEnds(Integer... codes) {
    return new Promise(Set.of(codes), silence);
  }
}
