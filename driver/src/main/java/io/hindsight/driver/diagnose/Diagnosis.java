package io.hindsight.driver.diagnose;

import java.util.List;

/**
 * Figures of a network, and what they say.
 *
 * @param figures what was seen
 * @param verdicts one of each kind at most; the only one is {@link Verdict.Kind#HEALTHY} if there
 *     is nothing to complain of
 */
public record Diagnosis(Figures figures, List<Verdict> verdicts) {
  /** What some figures say. */
  public static Diagnosis of(Figures figures) {
    return new Diagnosis(figures, new Rules(figures).verdicts());
  }
}
