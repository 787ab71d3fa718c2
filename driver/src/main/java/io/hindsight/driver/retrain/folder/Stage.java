package io.hindsight.driver.retrain.folder;

import java.util.Arrays;
import java.util.Locale;

/** What a retraining does, one after the other. Each may be repeated: it comes to the same. */
public enum Stage {
  /** One process at a time works on a run. */
  LEASE,
  /** What the data is read from, before it is read. */
  SNAPSHOT,
  /** Whether the data may be trained on. */
  DATA,
  /** The candidate, to the last bit as if nothing had interrupted it. */
  TRAIN,
  /** Candidate and champion on the same newest data, and what the gates say. */
  VERDICT,
  /** The candidate as a version. */
  PUBLISH,
  /** The version, from the bytes that a reader gets. */
  SMOKE,
  /** The version as the champion. */
  POINTER;

  /** In lower case, as files have it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Stage named(String word) {
    return Arrays.stream(values())
        .filter(stage -> stage.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no stage is named '" + word + "'"));
  }
}
