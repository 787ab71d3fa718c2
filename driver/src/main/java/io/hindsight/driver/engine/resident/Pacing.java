package io.hindsight.driver.engine.resident;

import java.util.concurrent.TimeUnit;

/**
 * How soon a station asks again, and when it is overdue.
 *
 * <p>A station that waits for others halves its way to the expected end of the step, so it asks
 * seldom while the others compute and often when they are about to finish. The shortest pause grows
 * with the number of stations, which bounds the driver's load: a question across processes costs it
 * about 0.1 ms.
 */
final class Pacing {
  private static final long SHORTEST_IN_PROCESS = TimeUnit.MICROSECONDS.toNanos(10);
  private static final long SHORTEST_PER_STATION = TimeUnit.MICROSECONDS.toNanos(100);
  private static final long LONGEST = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long LONGEST_PER_STATION = TimeUnit.MICROSECONDS.toNanos(500);

  /** Before a step has been seen, compilation of the kernels and fetching of data take long. */
  private static final long PATIENCE_AT_FIRST = TimeUnit.SECONDS.toNanos(60);

  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(3);
  private static final int PATIENCE_IN_STEPS = 4;

  private final boolean inProcess;
  private boolean running;
  private long changedAt; // ns: when the present step began, or the last one ended
  private long expected = -1; // ns: duration of a step; -1 before the first has ended

  /**
   * For a run.
   *
   * @param inProcess whether stations are in the driver's process, where a question is cheap
   */
  Pacing(boolean inProcess) {
    this.inProcess = inProcess;
  }

  void begin(long now) {
    running = true;
    changedAt = now;
  }

  void end(long now) {
    long took = now - changedAt;
    expected = expected < 0 ? took : expected + (took - expected) / 4;
    running = false;
    changedAt = now;
  }

  /** The pause before a station's next question, ns. */
  long pauseNanos(long now, int stations) {
    long shortest = inProcess ? SHORTEST_IN_PROCESS : SHORTEST_PER_STATION * stations;
    long longest = Math.max(LONGEST, LONGEST_PER_STATION * stations);
    long elapsed = now - changedAt;
    long left = running ? expected - elapsed : -elapsed;
    long pause = left > 0 ? left / 2 : -left / 4; // seldom again when it takes longer than expected
    return Math.max(shortest, Math.min(longest, pause));
  }

  /** Whether a station that works on a step should have been heard of. */
  boolean isOverdue(long now, long heardAt) {
    long patience =
        expected < 0 ? PATIENCE_AT_FIRST : Math.max(PATIENCE, PATIENCE_IN_STEPS * expected);
    return now - Math.max(heardAt, changedAt) > patience;
  }
}
