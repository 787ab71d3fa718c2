package io.hindsight.kernels.batch;

import java.util.Objects;

/**
 * Consecutive steps of a sequence that are computed by themselves, from a zero state on: all of it,
 * or one of the windows that it was cut into. It is a view and copies nothing.
 *
 * <p>Its own steps count from 0 at its start. The kernels may take it piece by piece, with the
 * state carried from one to the next.
 *
 * @param sequence the sequence that it is a part of
 * @param start its first step in the sequence
 * @param steps T: how many steps, at least 1
 * @param scoredFrom the first of its own steps that is scored, in [0, T]
 * @param cut whether the sequence was cut, so that the start belongs to the window's identity
 */
public record Window(Sequence sequence, int start, int steps, int scoredFrom, boolean cut) {
  private static final char SEPARATOR = '@';
  private static final int DIGITS = 10; // of the largest int

  public Window {
    Objects.requireNonNull(sequence, "sequence");
    if (start < 0 || steps < 1 || start > sequence.length() - steps) {
      throw new IllegalArgumentException(
          "window [%d, %d) is outside the %d steps of sequence '%s'"
              .formatted(start, start + steps, sequence.length(), sequence.id()));
    }
    if (scoredFrom < 0 || scoredFrom > steps) {
      throw new IllegalArgumentException(
          "sequence '%s': the window from step %d on cannot be scored from its step %d on, for it has %d"
              .formatted(sequence.id(), start, scoredFrom, steps));
    }
  }

  /** All steps of a sequence. */
  public static Window whole(Sequence sequence) {
    return new Window(sequence, 0, sequence.length(), sequence.firstTarget(), false);
  }

  /** Some steps of a sequence, scored where the sequence is. */
  public static Window cut(Sequence sequence, int start, int steps) {
    int scoredFrom = Math.min(steps, Math.max(0, sequence.firstTarget() - start));
    return new Window(sequence, start, steps, scoredFrom, true);
  }

  /** The same steps, scored from another of its own steps on. */
  public Window scoredFrom(int step) {
    return new Window(sequence, start, steps, step, cut);
  }

  /**
   * The id, for people and in messages: the sequence's, with the start of one that was cut: {@code
   * id@0000000000}.
   */
  public String id() {
    return cut ? id(sequence.id(), sequence.origin() + start) : sequence.id();
  }

  /** The id of a window that was cut from step {@code start} on out of the sequence of an id. */
  public static String id(String sequence, int start) {
    String digits = Integer.toString(start);
    return sequence + SEPARATOR + "0".repeat(DIGITS - digits.length()) + digits;
  }

  /**
   * Whether one of its own steps is scored: from the first that is, unless it lacks its target.
   *
   * @param step in [0, T)
   */
  public boolean isScored(int step) {
    return step >= scoredFrom && !sequence.lacksTarget(start + step);
  }

  /** Whether any of its steps is scored. */
  public boolean isAnyScored() {
    for (int step = scoredFrom; step < steps; step++) {
      if (isScored(step)) {
        return true;
      }
    }
    return false;
  }

  /**
   * These steps as a sequence with the window's id, scored where the window is: itself if it is
   * whole, else a copy.
   */
  public Sequence toSequence() {
    Sequence steps = cut ? sequence.window(id(), start, this.steps) : sequence;
    return steps.firstTarget() == scoredFrom ? steps : steps.scoredFrom(scoredFrom);
  }
}
