package io.hindsight.driver.registry;

import java.time.Instant;
import java.util.Comparator;

/**
 * A version, without its weights.
 *
 * @param id its name
 * @param location its directory
 * @param manifestSha256 hash of its {@code MANIFEST.json}, which stands for every file of it
 * @param published by the clock of the machine that published it
 * @param lease the fencing number of the lease that it was published under: later ones have higher
 * @param weightsSha256 hash of its weights
 * @param parameters number of weights
 * @param bytes of the model's files
 * @param blessing what the gates said
 * @param data what it was trained on
 */
public record Version(
    String id,
    String location,
    String manifestSha256,
    Instant published,
    long lease,
    String weightsSha256,
    long parameters,
    long bytes,
    Blessing blessing,
    TrainingData data) {
  /** In the order in which they were published. */
  static final Comparator<Version> OLDEST_FIRST =
      Comparator.comparingLong(Version::lease)
          .thenComparing(Version::published)
          .thenComparing(Version::id);

  /** The model directory. */
  public String model() {
    return location + "/" + VersionManifest.MODEL;
  }
}
