package io.hindsight.driver.train;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run has done about steps that were not finite.
 *
 * @param skipped steps that made no update
 * @param inARow how many of those were the last steps, one after the other
 * @param rollbacks returns to an earlier step
 * @param wentBackTo that step, of the last return; −1 if there was none
 */
public record Repairs(long skipped, int inARow, int rollbacks, long wentBackTo) {
  /** Nothing. */
  public static final Repairs NONE = new Repairs(0, 0, 0, -1);

  /** What there was of them, by the names of {@code status.json}. */
  public SortedMap<String, Double> counts() {
    SortedMap<String, Double> counts = new TreeMap<>();
    if (skipped > 0) {
      counts.put("skipped_steps", (double) skipped);
    }
    if (rollbacks > 0) {
      counts.put("rollbacks", (double) rollbacks);
    }
    return counts;
  }

  Repairs skippedOneMore() {
    return new Repairs(Math.addExact(skipped, 1), inARow + 1, rollbacks, wentBackTo);
  }

  Repairs updated() {
    return inARow == 0 ? this : new Repairs(skipped, 0, rollbacks, wentBackTo);
  }

  /** After the {@code made}-th return, to a step. */
  public Repairs wentBack(int made, long step) {
    return new Repairs(skipped, inARow, made, step);
  }
}
