package io.hindsight.datasets.table;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.rows.KeptTypes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is kept of the rows of a table, on the driver.
 *
 * @param source the table, for errors
 * @param types of the columns that stand beside what is made of the rows
 * @param bySequence as {@link RawSequence#kept} has them, by the sequence's id
 */
public record KeptRows(String source, KeptTypes types, Map<String, List<String>> bySequence) {
  /** Nothing. */
  public static final KeptRows NONE = none(KeptTypes.NONE);

  /** Nothing of a table whose ids and times have these types. */
  public static KeptRows none(KeptTypes types) {
    return new KeptRows("", types, Map.of());
  }

  static KeptRows of(String source, KeptTypes types, List<RawSequence> sequences) {
    Map<String, List<String>> kept = new HashMap<>();
    sequences.forEach(sequence -> kept.put(sequence.id(), sequence.kept()));
    return new KeptRows(source, types, kept);
  }

  /**
   * What is kept of a sequence's rows; empty if nothing is.
   *
   * @throws DataException if the table no longer has the sequence
   */
  public List<String> of(String id) {
    if (types.others().isEmpty()) {
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
