package io.hindsight.datasets;

import java.io.Serializable;

/**
 * A sequence of a table that takes no part.
 *
 * @param id the sequence
 * @param time of its last step, as text; empty if it has none
 * @param reason why
 * @param steps steps it has
 * @param needed steps it would need; those it has, where none is missing
 */
public record LeftOut(String id, String time, Reason reason, int steps, int needed)
    implements Serializable {
  /** Why a sequence takes no part. */
  public enum Reason {
    /** Fewer steps than {@code data.min-length}, or than give one answer. */
    TOO_SHORT,
    /** No value in its input columns, or in its target columns. */
    EMPTY,
    /** No row at the time of any of its targets, or none with a value. */
    NO_TARGETS,
    /** No row behind its steps of which a forecast reads what is known ahead. */
    NO_FUTURE
  }

  /** The reason in words, without a comma. */
  public String why() {
    return switch (reason) {
      case TOO_SHORT ->
          "too short: %s where %d are needed".formatted(Count.of(steps, "step"), needed);
      case EMPTY -> "no value in its input or target columns";
      case NO_TARGETS -> "no target at any of its steps";
      case NO_FUTURE ->
          "no row %s after its last (data.future)".formatted(Count.of(needed - steps, "step"));
    };
  }
}
