package io.hindsight.driver.lease;

import java.time.Duration;

/**
 * How often an owner gives a sign of life and how long its silence is borne. Both are measured by
 * one process's own monotonic clock, so the clocks of machines and storage may differ and jump.
 *
 * @param beat from one sign to the next
 * @param silence after which another may take over, as seen by that other
 * @param look from one look of those who want it to the next
 */
record LeaseTimes(Duration beat, Duration silence, Duration look) {
  /** Of every lease in use; all processes must have the same. */
  static final LeaseTimes USUAL =
      new LeaseTimes(Duration.ofSeconds(2), Duration.ofSeconds(20), Duration.ofMillis(250));
}
