package io.hindsight.submit.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.submit.faults.BrokenPromise.Sort;
import java.util.EnumMap;
import java.util.Map;

/** Counts of one kind of fault. */
final class Tally {
  private final Map<Sort, Integer> broken = new EnumMap<>(Sort.class);
  private int struck;
  private double longestStep; // s
  private double longestSilence; // s

  /** A fault struck. */
  void add(Struck fault) {
    struck++;
    longestStep = Math.max(longestStep, fault.longestStep());
    longestSilence = Math.max(longestSilence, fault.silence());
  }

  /** A promise was broken in its run. */
  void add(Sort sort) {
    broken.merge(sort, 1, Integer::sum);
  }

  private int count(Sort sort) {
    return broken.getOrDefault(sort, 0);
  }

  /** Its row of the table. */
  String row(String format, FaultKind kind) {
    return format.formatted(
        kind.label(),
        struck,
        count(Sort.WRONG_HASH) + count(Sort.HANG) + count(Sort.OTHER),
        count(Sort.WRONG_HASH),
        count(Sort.HANG),
        count(Sort.OTHER),
        "%.1f".formatted(longestStep),
        "%.1f".formatted(longestSilence));
  }

  /** Its figures. */
  ObjectNode toJson(ObjectMapper json) {
    return json.createObjectNode()
        .put("struck", struck)
        .put("wrong_hashes", count(Sort.WRONG_HASH))
        .put("hangs", count(Sort.HANG))
        .put("others", count(Sort.OTHER))
        .put("longest_step_s", longestStep)
        .put("longest_silence_s", longestSilence);
  }
}
