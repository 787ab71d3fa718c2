package io.hindsight.driver.bench;

/**
 * Something that is measured slice by slice, in turn with others, so that noise falls on all alike.
 */
interface Measured {
  /**
   * Works for about this long, at least once, and remembers how long each piece took.
   *
   * @param seconds of the current thread
   */
  void run(double seconds);

  /** The shortest time of a piece since the last {@link #forget}; of any unit. */
  double fastest();

  /** Forgets what was measured. */
  void forget();
}
