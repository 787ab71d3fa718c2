package io.hindsight.driver.data;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.datasets.LeftOut.Reason;
import io.hindsight.datasets.Omissions;
import io.hindsight.datasets.Omissions.Unseen;
import io.hindsight.datasets.columns.FilledValues;
import io.hindsight.datasets.columns.UnknownCategories;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.spec.DataSpec;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.windows.SequenceList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What people should know of the data that was read: said once in the log, and kept as JSON. */
public final class DataNotes {
  private static final Logger LOG = LoggerFactory.getLogger(DataNotes.class);

  private DataNotes() {}

  /** Says what takes no part. */
  public static void log(Omissions omissions) {
    omissions.sentences().forEach(LOG::warn);
  }

  /** Says what takes no part, and which sequences are not trained on because of the split. */
  static void log(DataSpec spec, EncodedData data) {
    log(data.omissions());
    if (spec instanceof TableSpec && spec.split().by() != Split.By.ID) {
      logUntrained(data);
    }
  }

  /** Split by time or date, all of a sequence may be validation or test part. */
  private static void logUntrained(EncodedData data) {
    Set<String> trained = ids(data.training()).collect(Collectors.toCollection(HashSet::new));
    List<String> others =
        Stream.concat(ids(data.validation()), ids(data.test()))
            .filter(id -> !trained.contains(id))
            .distinct()
            .toList();
    if (!trained.isEmpty() && !others.isEmpty()) {
      LOG.warn(
          "data.split leaves no step to train on in {} of {} sequences: {}",
          others.size(),
          others.size() + trained.size(),
          String.join(", ", others.subList(0, Math.min(others.size(), Omissions.LISTED)))
              + (others.size() > Omissions.LISTED ? " …" : ""));
    }
  }

  /** Without reading the sequences. */
  private static Stream<String> ids(SequenceList part) {
    return IntStream.range(0, part.size()).mapToObj(part::id);
  }

  /**
   * The same for {@code status.json}: {@code {"sequences": {"read", "training", "validation",
   * "test"}, "left_out": {"too_short", "empty", "first": [ids]}}}; and of a text {@code {"unknown":
   * {"distinct", "occurrences"}}}, which a table has where it is not nothing. So it has {@code
   * {"unknown_categories": [{"column", "part", "read", "unknown", "missing"}], "filled_values":
   * [{"column", "part", "read", "filled"}]}}, and {@code {"merged_rows", "inserted_steps",
   * "rows_left_out_by_embargo", "targets_behind_parts"}}.
   */
  public static ObjectNode json(EncodedData data) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    Omissions omissions = data.omissions();
    if (data.encoding() instanceof Encoding.Text) {
      putUnknown(json, omissions);
      return json;
    }
    json.putObject("sequences")
        .put("read", omissions.read())
        .put("training", data.training().size())
        .put("validation", data.validation().size())
        .put("test", data.test().size());
    ObjectNode leftOut = json.putObject("left_out");
    for (Reason reason : Reason.values()) {
      leftOut.put(reason.name().toLowerCase(Locale.ROOT), omissions.count(reason));
    }
    omissions.firstIds().forEach(leftOut.putArray("first")::add);
    if (omissions.unseen().isPresent()) {
      putUnknown(json, omissions);
    }
    for (UnknownCategories some : omissions.categories()) {
      json.withArray("unknown_categories")
          .addObject()
          .put("column", some.column())
          .put("part", some.part())
          .put("read", some.read())
          .put("unknown", some.unknown())
          .put("missing", some.missing());
    }
    for (FilledValues some : omissions.filled()) {
      json.withArray("filled_values")
          .addObject()
          .put("column", some.column())
          .put("part", some.part())
          .put("read", some.read())
          .put("filled", some.filled());
    }
    putCount(json, "merged_rows", omissions.changes().merged());
    putCount(json, "inserted_steps", omissions.changes().inserted());
    putCount(json, "rows_left_out_by_embargo", omissions.boundaries().steps());
    putCount(json, "targets_behind_parts", omissions.boundaries().targets());
    return json;
  }

  private static void putCount(ObjectNode json, String name, long count) {
    if (count > 0) {
      json.put(name, count);
    }
  }

  private static void putUnknown(ObjectNode json, Omissions omissions) {
    json.putObject("unknown")
        .put("distinct", omissions.unseen().map(Unseen::distinct).orElse(0))
        .put("occurrences", omissions.unseen().map(Unseen::occurrences).orElse(0L));
  }
}
