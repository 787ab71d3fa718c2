package io.hindsight.driver.spark.resident;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * How soon a worker asks again, and when it is overdue.
 *
 * <p>A worker that has nothing to do asks when the next step is expected, which is what the
 * quickest of the latest steps took; if it comes late, then soon again and later more seldom. The
 * shortest pause grows with the number of workers, which bounds the driver's load: a poll across
 * processes costs it about 0.1 ms. Within one process workers wait instead, see {@link
 * InProcessLink}.
 */
final class PollSchedule {
  private static final long SHORTEST_PER_WORKER = TimeUnit.MICROSECONDS.toNanos(100);
  private static final long LONGEST = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long LONGEST_PER_WORKER = TimeUnit.MICROSECONDS.toNanos(500);

  /** Before a step has been seen, compilation of the kernels and fetching of data take long. */
  private static final long PATIENCE_AT_FIRST = TimeUnit.SECONDS.toNanos(60);

  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(3);
  private static final int PATIENCE_IN_STEPS = 4;
  private static final int RECENT = 8; // steps

  private boolean running;
  private long changedAt; // ns: when the present step began, or the last one ended
  private final long[] durations = new long[RECENT]; // of the latest steps, ns
  private final long[] breaks = new long[RECENT]; // between them, ns
  private long steps;
  private long firstDone; // ns from a step's beginning until a worker had done its part

  void begin(long now) {
    breaks[(int) (steps % RECENT)] = steps == 0 ? 0 : now - changedAt;
    running = true;
    changedAt = now;
    firstDone = 0;
  }

  /** Takes note that a worker has done its part of the step. */
  void deliver(long now) {
    if (firstDone == 0) {
      firstDone = now - changedAt;
    }
  }

  void end(long now) {
    durations[(int) (steps++ % RECENT)] = now - changedAt;
    running = false;
    changedAt = now;
  }

  /** The pause before a worker's next poll, ns. */
  long pauseNanos(long now, int workers) {
    long shortest = SHORTEST_PER_WORKER * workers;
    long longest = Math.max(LONGEST, LONGEST_PER_WORKER * workers);
    long left = leftNanos(now);
    long pause = left > 0 ? left : -left / 4;
    return Math.max(shortest, Math.min(longest, pause));
  }

  /** Until the next step is expected, ns; negative if it is late. */
  private long leftNanos(long now) {
    long expected = running ? shortest(durations) + shortest(breaks) : shortest(breaks);
    return expected - (now - changedAt);
  }

  /** Whether the next step is expected within a time, and not later than that time ago. */
  boolean isDue(long now, long nanos) {
    return Math.abs(leftNanos(now)) <= nanos;
  }

  /** Longer ones may be long because a worker came back late. */
  private long shortest(long[] times) {
    int known = (int) Math.min(steps, RECENT);
    return Arrays.stream(times, 0, known).min().orElse(0);
  }

  /**
   * Whether a worker that works on a step should have been heard of: by what others took for the
   * same step, and by what steps take on machines of which some are slow.
   */
  boolean isOverdue(long now, long heardAt) {
    long others = Math.max(firstDone, usual());
    long patience = steps == 0 ? PATIENCE_AT_FIRST : Math.max(PATIENCE, PATIENCE_IN_STEPS * others);
    return now - Math.max(heardAt, changedAt) > patience;
  }

  /**
   * The median of the latest steps, ns: one in which a worker stood still tells nothing, nor does
   * the first of all; 0 while two others are not known.
   */
  private long usual() {
    int from = steps > RECENT ? 0 : 1;
    int known = (int) Math.min(steps, RECENT) - from;
    long[] sorted = Arrays.copyOfRange(durations, from, from + Math.max(0, known));
    Arrays.sort(sorted);
    return known < 2 ? 0 : sorted[(known - 1) / 2];
  }
}
