package io.hindsight.datasets.side;

import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.columns.FilledValues;
import io.hindsight.datasets.columns.MissingRule;
import io.hindsight.datasets.columns.Part;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoded.EncodedInput;
import io.hindsight.datasets.encoded.EncodedInput.Encoded;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.missing.Filling;
import io.hindsight.datasets.sums.Mergeable;
import io.hindsight.kernels.batch.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** How many input values of each column are missing, and filled, in each part of some data. */
public final class FilledTally implements Mergeable<FilledTally> {
  private static final long serialVersionUID = 1L;

  /** By part and column: steps that are read, and those of them that lack the value. */
  private final TreeMap<Part, TreeMap<String, long[]>> counts = new TreeMap<>();

  /**
   * Counts the values of a part's sequence: of steps that are read as its history, none.
   *
   * @param sequence the steps of the part, and those before them
   */
  public void add(Part part, Sequence sequence, RawSequence raw, Encoding.Table encoding) {
    Filling filling = encoding.filling();
    int from = sequence.firstTarget() == 0 ? 0 : sequence.firstTarget() + encoding.offset();
    int to = sequence.length() + encoding.offset();
    for (Map.Entry<String, MissingRule> rule : filling.rules().named().entrySet()) {
      int[] positions = filling.positions(rule.getKey());
      long[] count = count(part, rule.getKey());
      count[0] += to - from;
      for (int row = from; row < to; row++) {
        count[1] += filling.isMissing(raw.inputs(), row, positions) ? 1 : 0;
      }
    }
  }

  private long[] count(Part part, String column) {
    return counts
        .computeIfAbsent(part, none -> new TreeMap<>())
        .computeIfAbsent(column, none -> new long[2]);
  }

  @Override
  public void merge(FilledTally other) {
    other.counts.forEach(
        (part, columns) ->
            columns.forEach(
                (column, theirs) -> {
                  long[] ours = count(part, column);
                  ours[0] += theirs[0];
                  ours[1] += theirs[1];
                }));
  }

  /** Those that have some, in the order of parts and of the columns' names. */
  public List<FilledValues> filled() {
    return all("the %s part"::formatted);
  }

  private List<FilledValues> all(UnaryOperator<String> text) {
    List<FilledValues> all = new ArrayList<>();
    counts.forEach(
        (part, columns) ->
            columns.forEach(
                (column, count) -> {
                  if (count[1] > 0) {
                    all.add(new FilledValues(column, text.apply(part.text()), count[0], count[1]));
                  }
                }));
    return all;
  }

  /** Those of the parts of data. */
  public static List<FilledValues> of(
      Encoding.Table encoding, List<RawSequence> sequences, EncodedData.Parts parts) {
    if (encoding.filling().isNone()) {
      return List.of();
    }
    FilledTally tally = new FilledTally();
    Map<String, RawSequence> byId = new HashMap<>();
    sequences.forEach(raw -> byId.put(raw.id(), raw));
    parts.forEach((part, one) -> tally.add(part, one, byId.get(one.id()), encoding));
    return tally.filled();
  }

  /**
   * Those of data that has no parts.
   *
   * @param inputs of each of the sequences
   */
  public static List<FilledValues> ofAll(
      Encoding.Table encoding, List<RawSequence> sequences, List<EncodedInput> inputs) {
    FilledTally tally = new FilledTally();
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i) instanceof Encoded one) {
        tally.add(Part.TEST, one.sequence(), sequences.get(i), encoding);
      }
    }
    return tally.all(part -> "");
  }
}
