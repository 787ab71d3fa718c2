package io.hindsight.datasets.columns;

import java.util.Locale;

/** The parts of the data, in their order. */
public enum Part {
  /** What is trained on. */
  TRAINING,
  /** What decides when to stop. */
  VALIDATION,
  /** What is looked at once, at the end. */
  TEST;

  /** Its name, for people. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
