package io.hindsight.submit.faults;

/**
 * A fault that struck.
 *
 * @param step steps made when it did
 * @param longestStep of the steps from it to the next fault, by {@code step_ms}, s
 * @param silence longest time without a step from it to the next fault or the driver's end, s: with
 *     restarts, validations and what follows the last step
 */
record Struck(Fault fault, int step, double longestStep, double silence) {
  /** With what was seen since, which may be less where the next fault came too late. */
  Struck delayed(double stepSeconds, double silentSeconds) {
    return new Struck(
        fault, step, Math.max(longestStep, stepSeconds), Math.max(silence, silentSeconds));
  }
}
