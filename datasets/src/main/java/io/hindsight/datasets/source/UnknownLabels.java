package io.hindsight.datasets.source;

import io.hindsight.datasets.Count;
import io.hindsight.datasets.DataException;
import io.hindsight.datasets.DataSpec;
import io.hindsight.datasets.Omissions;
import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.RawTable;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.encoding.Unknowns;
import io.hindsight.kernels.batch.Sequence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the labels of a table that were encoded as no class, for training did not see them. */
final class UnknownLabels {
  private final Encoding.Table encoding;
  private final TableEncoder encoder;
  private final boolean fitted;
  private final RawTable table;
  private final Map<String, RawSequence> byId = new HashMap<>(); // made for the first unknown label
  private final Unknowns<String> unknowns = new Unknowns<>(DataException::quote);
  private long labels;

  /**
   * For a table.
   *
   * @param encoder of the table's sequences
   * @param fitted whether the classes are those of this table's own training part
   */
  UnknownLabels(Encoding.Table encoding, RawTable table, TableEncoder encoder, boolean fitted) {
    this.encoding = encoding;
    this.table = table;
    this.encoder = encoder;
    this.fitted = fitted;
  }

  /**
   * Refuses unknown labels, all at once, or tells of them.
   *
   * @param parts the encoded sequences of the table
   * @return those that are not scored; absent where there are none
   * @throws DataException if there are some, and they are refused
   */
  Optional<Omissions.Unseen> check(EncodedData.Parts parts, DataSpec.Unknown rule) {
    addAll(parts.training(), "the training part");
    addAll(parts.validation(), "the validation part");
    addAll(parts.test(), "the test part");
    if (unknowns.isEmpty()) {
      return Optional.empty();
    }
    if (rule == DataSpec.Unknown.REFUSE) {
      throw refusal();
    }
    return Optional.of(unseen());
  }

  private void addAll(List<Sequence> part, String name) {
    for (Sequence sequence : part) {
      int end = encoding.labelled() ? sequence.firstTarget() + 1 : sequence.length();
      for (int t = sequence.firstTarget(); t < end; t++) {
        if (sequence.isScored(t)) {
          labels++;
        } else {
          add(raw(sequence.id()), t, fitted ? name : "");
        }
      }
    }
  }

  private RawSequence raw(String id) {
    if (byId.isEmpty()) {
      table.sequences().forEach(raw -> byId.put(raw.id(), raw));
    }
    return byId.get(id);
  }

  /**
   * A step that is not scored has an unknown label, unless there is no row at its target's time.
   */
  private void add(RawSequence raw, int t, String part) {
    int row = encoder.ahead(raw, t);
    if (row < 0) {
      return;
    }
    labels++;
    String column = encoding.targets().get(0);
    unknowns.add(
        raw.labels().get(row),
        part,
        () -> encoding.labelled() ? raw.place() + ", column " + column : raw.place(row, column));
  }

  private DataException refusal() {
    String times = Unknowns.times(unknowns.occurrences());
    int distinct = unknowns.distinct();
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

  private Omissions.Unseen unseen() {
    return new Omissions.Unseen(
        "%d of %s not scored, for training did not see them (data.unknown: skip): %s"
            .formatted(unknowns.occurrences(), Count.of(labels, "label"), unknowns.list()),
        unknowns.distinct(),
        unknowns.occurrences());
  }
}
