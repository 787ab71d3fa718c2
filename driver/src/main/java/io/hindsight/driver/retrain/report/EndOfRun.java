package io.hindsight.driver.retrain.report;

import io.hindsight.driver.config.HooksConfig.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How a retraining ended.
 *
 * @param end what happened
 * @param exitCode of the process
 * @param took how long it took, whatever was done to the clock meanwhile
 * @param ended by the clock of the machine
 * @param champion when the version was published that is the champion then; absent without one
 * @param rows of the window; absent where they were not read
 * @param drift the largest of a column, 0 to 1; absent where there was no champion's data
 * @param facts for the environment of a hook, by the names there
 * @param status for its standard input, as JSON
 */
public record EndOfRun(
    End end,
    int exitCode,
    Duration took,
    Instant ended,
    Optional<Instant> champion,
    Optional<Long> rows,
    Optional<Double> drift,
    Map<String, String> facts,
    byte[] status) {
  /** What happened. */
  public enum End {
    /** The candidate became the champion. */
    PROMOTED(Optional.of(Event.PROMOTED), true),
    /** The candidate is a version. */
    PUBLISHED(Optional.empty(), true),
    /** A gate refused data or candidate. */
    REJECTED(Optional.of(Event.REJECTED), true),
    /** It was done before. */
    UNCHANGED(Optional.empty(), false),
    /** The data is late. */
    LATE(Optional.empty(), false),
    /** It failed. */
    FAILED(Optional.of(Event.FAILED), false),
    /** Somebody asked it to stop. */
    INTERRUPTED(Optional.empty(), false);

    private final Optional<Event> event;
    private final boolean isVerdict;

    End(Optional<Event> event, boolean isVerdict) {
      this.event = event;
      this.isVerdict = isVerdict;
    }

    /** The event of the configuration that it is; absent if it is none. */
    Optional<Event> event() {
      return event;
    }

    /** Whether the run came to its verdict. */
    boolean isVerdict() {
      return isVerdict;
    }
  }
}
