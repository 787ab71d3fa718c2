package io.hindsight.datasets.snapshot;

import io.hindsight.datasets.Count;
import io.hindsight.datasets.DataException;

/**
 * Why other values were read from a source than before, as far as that is known.
 *
 * @param found what is there now
 * @param where what of it has changed, and how
 * @param remedy what to do, as an imperative
 */
public record SourceDifference(String found, String where, String remedy) {
  private static final String SAME_PROGRAMS =
      "read it with the Spark, the packages and the settings that the run began with, or start a"
          + " new run";

  /** Where nothing is known of what was read before. */
  public static SourceDifference unknown(String where) {
    return new SourceDifference(
        "other values", where, "bring the old data back, or start a new run");
  }

  static SourceDifference ofFiles(FileChanges changes, SourceSnapshot now) {
    if (changes.any()) {
      return new SourceDifference(
          changes.counts(), changes.first(), "bring the old files back, or start a new run");
    }
    return new SourceDifference(
        "other values in the same " + Count.of(changes.files(), "file"),
        now.source() + ": no length and no time of a file has changed",
        SAME_PROGRAMS);
  }

  static SourceDifference of(SourceSnapshot was, SourceSnapshot now) {
    if (was instanceof SourceVersion && was.equals(now)) {
      return new SourceDifference("other values in " + name(was), now.source(), SAME_PROGRAMS);
    }
    if (was instanceof SourceVersion || now instanceof SourceVersion) {
      return new SourceDifference(
          name(now),
          "%s, which was %s".formatted(now.source(), name(was)),
          "bring the old data back, or start a new run");
    }
    return unknown(now.source() + " has no files that could tell what has changed");
  }

  private static String name(SourceSnapshot snapshot) {
    if (snapshot instanceof SourceVersion version) {
      return "version %s of the %s table".formatted(version.version(), version.format());
    }
    return snapshot instanceof SourceFiles files
        ? Count.of(files.count(), "file")
        : "a source without versions";
  }

  /** As the refusal of data that must be what they were. */
  public DataException refusal(String rule) {
    return new DataException(rule, found, where, remedy);
  }
}
