package io.hindsight.datasets.table;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.RawSequence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.StructType;

/**
 * What is kept of the rows of a table, on the driver.
 *
 * @param source the table, for errors
 * @param columns names and types
 * @param bySequence as {@link RawSequence#kept} has them, by the sequence's id
 */
public record KeptRows(String source, StructType columns, Map<String, List<String>> bySequence) {
  /** Nothing. */
  public static final KeptRows NONE = new KeptRows("", new StructType(), Map.of());

  static KeptRows of(String source, StructType columns, List<RawSequence> sequences) {
    Map<String, List<String>> kept = new HashMap<>();
    sequences.forEach(sequence -> kept.put(sequence.id(), sequence.kept()));
    return new KeptRows(source, columns, kept);
  }

  /**
   * What is kept of a sequence's rows; empty if nothing is.
   *
   * @throws DataException if the table no longer has the sequence
   */
  public List<String> of(String id) {
    if (columns.isEmpty()) {
      return List.of();
    }
    List<String> kept = bySequence.get(id);
    if (kept == null) {
      throw new DataException(
          "a table must not change while it is read",
          "sequence '%s' gone meanwhile".formatted(id),
          source,
          "run the command again");
    }
    return kept;
  }
}
