package io.hindsight.submit.faults;

/**
 * A fault that struck.
 *
 * @param step steps made when it did
 * @param longestStep of the steps after it, by {@code step_ms}, s
 * @param silence longest time without a step after it, restarts included, s
 */
record Struck(Fault fault, int step, double longestStep, double silence) {
  Struck withLongestStep(double seconds) {
    return new Struck(fault, step, seconds, silence);
  }

  Struck withSilence(double seconds) {
    return new Struck(fault, step, longestStep, seconds);
  }
}
