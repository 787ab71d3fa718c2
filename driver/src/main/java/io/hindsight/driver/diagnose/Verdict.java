package io.hindsight.driver.diagnose;

import java.util.Locale;
import java.util.Optional;

/**
 * What is wrong with a network, if anything is.
 *
 * @param kind in a word
 * @param advice one sentence: what was found, with its figure, and what to do
 */
public record Verdict(Kind kind, String advice) {
  /** What may be wrong. */
  public enum Kind {
    /** Gradients do not reach far back. */
    VANISHING,
    /** Gradients grow on their way back, or something is not finite. */
    EXPLODING,
    /** Gates or units are where their nonlinearity is flat. */
    SATURATED,
    /** The weights do not move, or move too far, or there is nothing to learn. */
    NOT_LEARNING,
    /** Nothing of these. */
    HEALTHY;

    /** As it is written: {@code not-learning}. */
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** With an advice whose numbers are written in one way everywhere. */
  static Verdict of(Kind kind, String advice, Object... values) {
    return new Verdict(kind, String.format(Locale.ROOT, advice, values));
  }

  /** As {@link #of}, for a rule that finds something. */
  static Optional<Verdict> found(Kind kind, String advice, Object... values) {
    return Optional.of(of(kind, advice, values));
  }
}
