package io.hindsight.driver.spark.resident;

import io.hindsight.datasets.Count;

/**
 * What went wrong in a run and was mended.
 *
 * @param refused results that were not what their step needed, or came twice
 * @param late results that came when their step was over
 * @param lost workers that left before the end
 * @param silent times a silent worker's work was given to others
 * @param resubmitted times the job was started again
 */
public record ResidentEvents(long refused, long late, long lost, long silent, long resubmitted) {
  /** Nothing. */
  public static final ResidentEvents NONE = new ResidentEvents(0, 0, 0, 0, 0);

  /** All of them. */
  public long total() {
    return refused + late + lost + silent + resubmitted;
  }

  @Override
  public String toString() {
    return "mended: %s refused, %d late, %s lost, %d silent, job restarted %s"
        .formatted(
            Count.of(refused, "result"),
            late,
            Count.of(lost, "worker"),
            silent,
            Count.of(resubmitted, "time"));
  }
}
