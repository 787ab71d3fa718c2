package io.hindsight.driver.train;

/**
 * What a run has done about steps that were not finite.
 *
 * @param skipped steps that made no update
 * @param rollbacks returns to an earlier step
 * @param wentBackTo that step, of the last return; −1 if there was none
 */
public record Repairs(long skipped, int rollbacks, long wentBackTo) {
  /** Nothing. */
  public static final Repairs NONE = new Repairs(0, 0, -1);

  Repairs skippedOneMore() {
    return new Repairs(Math.addExact(skipped, 1), rollbacks, wentBackTo);
  }

  /** After the {@code made}-th return, to a step. */
  public Repairs wentBack(int made, long step) {
    return new Repairs(skipped, made, step);
  }
}
