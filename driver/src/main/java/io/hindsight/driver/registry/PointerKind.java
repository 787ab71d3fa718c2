package io.hindsight.driver.registry;

import java.util.Locale;

/** Why an entry of the log of a registry was written. */
public enum PointerKind {
  /** A version that its gates have blessed became the champion. */
  PROMOTED,
  /** Somebody made a version the champion against a gate or a pin, or without any gate. */
  FORCED,
  /** A former champion became the champion again. */
  ROLLBACK,
  /** A version is to be kept; as long as it is the champion, nothing is promoted. */
  PINNED,
  /** The opposite. */
  UNPINNED,
  /** Versions are deleted, and are never champion again. */
  PRUNED;

  /** As files and people spell it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
