package io.hindsight.datasets.source;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.DataSpec.Split;
import io.hindsight.datasets.IdOrder;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.random.CounterRandom;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Divides sequences into training, validation and test part; never by single rows. */
final class Splits {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private Splits() {}

  /**
   * Whole sequences by a hash of (seed, id): the part of a sequence does not depend on the order in
   * which sequences are read. The sequences with the smallest hashes are the test part, the next
   * ones validation.
   */
  static EncodedData.Parts byId(List<Sequence> sequences, Split split, long seed) {
    Map<String, Long> hashes = new HashMap<>();
    sequences.forEach(s -> hashes.put(s.id(), hash(seed, s.id())));
    List<Sequence> byHash = new ArrayList<>(sequences);
    byHash.sort(
        Comparator.<Sequence>comparingLong(s -> hashes.get(s.id())).thenComparing(Sequence::id));
    int n = sequences.size();
    int test = Split.count(split.test(), n);
    int validation = Math.min(n - test, Split.count(split.validation(), n));
    return new EncodedData.Parts(
        sorted(byHash.subList(test + validation, n)),
        sorted(byHash.subList(test, test + validation)),
        sorted(byHash.subList(0, test)));
  }

  /**
   * The last target steps of each sequence are the test part, those before them validation. Later
   * parts keep the whole history as unscored steps; the target of a training step lies before the
   * first validation target. A sequence too short for a part is missing there.
   */
  static EncodedData.Parts byTime(List<Sequence> sequences, Split split) {
    List<Sequence> training = new ArrayList<>();
    List<Sequence> validation = new ArrayList<>();
    List<Sequence> test = new ArrayList<>();
    for (Sequence whole : sequences) {
      int end = whole.length();
      int testFrom = end - Split.count(split.test(), end);
      int validationFrom = Math.max(0, testFrom - Split.count(split.validation(), end));
      add(training, whole, 0, validationFrom);
      add(validation, whole, validationFrom, testFrom);
      add(test, whole, testFrom, end);
    }
    return new EncodedData.Parts(training, validation, test);
  }

  private static void add(List<Sequence> part, Sequence whole, int scoredFrom, int end) {
    if (end > scoredFrom) {
      Sequence history = end == whole.length() ? whole : whole.window(whole.id(), 0, end);
      part.add(scoredFrom == 0 ? history : history.scoredFrom(scoredFrom));
    }
  }

  /** Refuses a part none of whose targets training saw. */
  static void requireKnown(EncodedData.Parts parts, String place) {
    requireKnown(parts.training(), "training", place);
    requireKnown(parts.validation(), "validation", place);
    requireKnown(parts.test(), "test", place);
  }

  private static void requireKnown(List<Sequence> part, String name, String place) {
    if (!part.isEmpty() && part.stream().noneMatch(s -> s.isAnyScored(0, s.length()))) {
      throw new DataException(
          "the " + name + " part must hold a target that training saw",
          "none",
          place,
          "bring other data, or change data.split");
    }
  }

  /** Refuses a part that was asked for and is empty. */
  static void requireParts(
      EncodedData.Parts parts, Split split, boolean needsTraining, String place) {
    require("training", 0, !needsTraining || !parts.training().isEmpty(), place);
    require(
        "validation",
        split.validation(),
        split.validation() == 0 || !parts.validation().isEmpty(),
        place);
    require("test", split.test(), split.test() == 0 || !parts.test().isEmpty(), place);
  }

  /**
   * Refuses a part none of whose steps has a target: there is no row at the time of any.
   *
   * @param horizon from a row to its target, for people
   */
  static void requireTargets(EncodedData.Parts parts, String horizon, String place) {
    requireTargets("training", parts.training(), horizon, place);
    requireTargets("validation", parts.validation(), horizon, place);
    requireTargets("test", parts.test(), horizon, place);
  }

  private static void requireTargets(
      String part, List<Sequence> sequences, String horizon, String place) {
    if (!sequences.isEmpty() && sequences.stream().noneMatch(s -> s.isAnyScored(0, s.length()))) {
      throw noTargets("the " + part + " part", horizon, place);
    }
  }

  /**
   * The error for data without a row at the time of any target.
   *
   * @param what part or sequence must have one
   */
  static DataException noTargets(String what, String horizon, String place) {
    return new DataException(
        what + " must have a row at the time of a target",
        "no row " + horizon + " after another",
        place + ", data.time",
        "use another data.horizon, bring data with the time steps of the training, or name a"
            + " column in data.time that numbers the rows, to count those");
  }

  private static void require(String part, double size, boolean holds, String place) {
    if (!holds) {
      throw new DataException(
          "the " + part + " part must not be empty",
          size == 0 ? "nothing left for it" : "nothing in a part of size " + size,
          place + ", data.split",
          "change data.split, or bring more data");
    }
  }

  private static List<Sequence> sorted(List<Sequence> part) {
    return part.stream().sorted(Comparator.comparing(Sequence::id, IdOrder.UTF_8)).toList();
  }

  private static long hash(long seed, String id) {
    return CounterRandom.of(seed, CounterRandom.Purpose.SPLIT, fnv1a(id)).nextLong();
  }

  /** FNV-1a (Fowler, Noll, Vo) over the UTF-8 bytes: the same on every machine. */
  private static long fnv1a(String id) {
    long hash = FNV_OFFSET;
    for (byte b : id.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xFF)) * FNV_PRIME;
    }
    return hash;
  }
}
