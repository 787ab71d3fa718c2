package io.hindsight.datasets.split;

import io.hindsight.datasets.Count;
import io.hindsight.datasets.DataException;
import io.hindsight.datasets.LeftOut.Reason;
import io.hindsight.datasets.LeftOutTally;
import io.hindsight.datasets.encoding.Encoding;
import java.util.ArrayList;
import java.util.List;

/**
 * The refusal of a table all of whose sequences are left out: how many for which reason, and the
 * key that helps.
 *
 * @param encoding what the sequences were to be encoded by
 * @param minLength steps that a sequence was asked to have
 * @param horizon from a row to its target, for people; empty where none is looked for
 */
public record NothingLeft(Encoding.Table encoding, int minLength, String horizon) {
  public DataException of(String source, LeftOutTally leftOut) {
    if (leftOut.count(Reason.TOO_SHORT) > 0) {
      return tooShort(source, leftOut);
    }
    if (leftOut.count(Reason.NO_TARGETS) == leftOut.size()) {
      return Splits.noTargets("at least one sequence", horizon, source);
    }
    return new DataException(
        "at least one sequence must have values",
        Count.of(leftOut.size(), "sequence") + " without",
        "%s, columns %s and %s".formatted(source, encoding.inputs(), encoding.targets()),
        "fill in the values, or name other columns in data.inputs and data.targets");
  }

  private DataException tooShort(String source, LeftOutTally leftOut) {
    long tooShort = leftOut.count(Reason.TOO_SHORT);
    long others = leftOut.size() - tooShort;
    String rest = ", and %s without values".formatted(Count.of(others, "sequence"));
    return new DataException(
        "at least one sequence must have "
            + Count.of(leftOut.first(Reason.TOO_SHORT).get(0).needed(), "step"),
        "%s of at most %s%s"
            .formatted(
                Count.of(tooShort, "sequence"),
                Count.of(leftOut.longest(), "step"),
                others == 0 ? "" : rest),
        source,
        remedy(leftOut.longest(), leftOut.size()));
  }

  private String remedy(int longest, long sequences) {
    List<String> ways = new ArrayList<>();
    boolean looksAhead = !horizon.isEmpty();
    if (minLength > encoding.offset() + 1 + (looksAhead ? encoding.horizon().first() : 0)) {
      ways.add("set a smaller data.min-length");
    } else if (looksAhead && encoding.horizon().first() > 1) {
      ways.add("set a smaller data.horizon");
    } else if (encoding.difference()) {
      ways.add("set data.difference: false");
    }
    if (longest == 1 && sequences > 1) {
      ways.add("name the column that many rows share in data.sequence");
    }
    ways.add("bring longer sequences");
    return String.join(", or ", ways);
  }
}
