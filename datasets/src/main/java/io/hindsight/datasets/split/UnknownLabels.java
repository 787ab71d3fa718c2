package io.hindsight.datasets.split;

import io.hindsight.datasets.Count;
import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Omissions;
import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.RawTable;
import io.hindsight.datasets.columns.Part;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.encoding.Unknowns;
import io.hindsight.datasets.spec.TargetSpec;
import io.hindsight.datasets.spec.Unknown;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is told of the labels of a table that are no class, for training did not see them. */
public final class UnknownLabels {
  private final Encoding.Table encoding;
  private final boolean fitted;
  private final Unknowns<String> unknowns = new Unknowns<>(DataException::quote);
  private final long labels;

  /**
   * For a table.
   *
   * @param fitted whether the classes are those of this table's own training part
   * @param files the file of a sequence, by its id; asked for those that are listed
   */
  public UnknownLabels(
      Encoding.Table encoding, LabelTally tally, boolean fitted, Function<String, String> files) {
    this.encoding = encoding;
    this.fitted = fitted;
    labels = tally.labels();
    for (Entry<String, LabelTally.Unknown> entry : tally.unknown()) {
      LabelTally.Unknown found = entry.getValue();
      unknowns.add(
          entry.getKey(),
          fitted ? texts(found.parts()) : Set.of(""),
          found.count(),
          () -> files.apply(found.first().id()) + ", " + found.first().name());
    }
  }

  private static Set<String> texts(Set<Part> parts) {
    return parts.stream().map(part -> "the " + part.text() + " part").collect(Collectors.toSet());
  }

  /** Counts the labels of the parts of other data, and tells of the unknown ones. */
  public static UnknownLabels of(
      Encoding.Table encoding, RawTable table, TableEncoder encoder, EncodedData.Parts parts) {
    Map<String, RawSequence> byId = new HashMap<>();
    table.sequences().forEach(raw -> byId.put(raw.id(), raw));
    LabelTally tally = new LabelTally();
    parts.forEach(
        (part, sequence) -> tally.add(part, sequence, byId.get(sequence.id()), encoding, encoder));
    return new UnknownLabels(encoding, tally, false, id -> byId.get(id).file());
  }

  /**
   * Refuses unknown labels, all at once, or tells of them.
   *
   * @param target says which of both, and what order was asked for
   * @return those that are not scored; absent where there are none
   * @throws DataException if there are some, and they are refused
   */
  public Optional<Omissions.Unseen> check(TargetSpec target) {
    if (unknowns.isEmpty()) {
      return Optional.empty();
    }
    boolean ordered = fitted && !target.order().isEmpty();
    if (target.unknown() == Unknown.REFUSE) {
      throw refusal(ordered);
    }
    return Optional.of(unseen(ordered));
  }

  private DataException refusal(boolean ordered) {
    String times = Unknowns.times(unknowns.occurrences());
    int distinct = unknowns.distinct();
    if (ordered) {
      return new DataException(
          "a label must be one of data.order: " + known(),
          "%s, %s".formatted(Count.of(distinct, "other"), times),
          unknowns.list(),
          "correct the labels, add them to data.order where they belong, or leave them unscored"
              + " with data.unknown: skip");
    }
    return fitted
        ? new DataException(
            "every class must occur in the training part",
            "%d that %s not, %s".formatted(distinct, distinct == 1 ? "does" : "do", times),
            unknowns.list(),
            "change data.split or seed, which decide the parts, bring more of these classes, or"
                + " leave them unscored with data.unknown: skip")
        : new DataException(
            "a class label must be one of the training part: " + known(),
            "%s, %s".formatted(Count.of(distinct, "other"), times),
            unknowns.list(),
            "correct the labels, train on data that holds them, or leave them unscored with"
                + " --set data.unknown=skip");
  }

  private String known() {
    List<String> names = encoding.labels().orElseThrow().names();
    int more = names.size() - Omissions.LISTED;
    return more > 0
        ? "%s and %d more".formatted(names.subList(0, Omissions.LISTED), more)
        : names.toString();
  }

  private Omissions.Unseen unseen(boolean ordered) {
    return new Omissions.Unseen(
        "%d of %s not scored, for %s (data.unknown: skip): %s"
            .formatted(
                unknowns.occurrences(),
                Count.of(labels, "label"),
                ordered ? "data.order does not hold them" : "training did not see them",
                unknowns.list()),
        unknowns.distinct(),
        unknowns.occurrences());
  }
}
