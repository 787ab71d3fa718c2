package io.hindsight.driver.answer;

import io.hindsight.datasets.DataSpec;
import io.hindsight.datasets.rows.IdParts;
import io.hindsight.driver.config.ConfigException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A column of the data that stands beside the answers, as text.
 *
 * @param name in the data, and so in the output
 * @param kind what it holds
 * @param part which of several id columns it is
 */
public record KeptColumn(String name, Kind kind, int part) implements Serializable {
  private static final String FILE_NAME = "_metadata.";

  /** What a kept column holds. */
  public enum Kind {
    /** The sequence's id. */
    ID,
    /** One of several columns of the id. */
    ID_PART,
    /** The time of the newest value that was read. */
    TIME
  }

  /**
   * The columns to keep: those that are asked for, in their order, or id and time.
   *
   * @throws ConfigException if one is neither an id column nor the time column
   */
  public static List<KeptColumn> of(DataSpec.Table spec, Optional<List<String>> asked) {
    List<KeptColumn> all = available(spec);
    if (asked.isEmpty()) {
      return all;
    }
    List<KeptColumn> kept = new ArrayList<>();
    for (String name : asked.get()) {
      KeptColumn found =
          all.stream()
              .filter(column -> column.name().equals(name))
              .findFirst()
              .orElseThrow(() -> unknown(name, all));
      if (kept.contains(found)) {
        throw ConfigException.of("--keep " + name, "a column is kept once; name it once");
      }
      kept.add(found);
    }
    return kept;
  }

  private static ConfigException unknown(String name, List<KeptColumn> all) {
    List<String> names = all.stream().map(KeptColumn::name).toList();
    return ConfigException.of(
        "--keep " + name,
        "only id and time can be kept, which are %s; leave it out, and join the answers with the data by these"
            .formatted(String.join(", ", names)));
  }

  /** Rows without an id column are one sequence, or one each, and have a name all the same. */
  private static List<KeptColumn> available(DataSpec.Table spec) {
    List<KeptColumn> all = new ArrayList<>();
    List<String> ids = spec.sequence();
    if (ids.size() > 1) {
      for (int part = 0; part < ids.size(); part++) {
        all.add(new KeptColumn(bare(ids.get(part)), Kind.ID_PART, part));
      }
    } else {
      all.add(new KeptColumn(ids.isEmpty() ? "sequence" : bare(ids.get(0)), Kind.ID, 0));
    }
    if (!spec.time().isEmpty()) {
      String name = spec.time().size() == 1 ? spec.time().get(0) : "time";
      all.add(new KeptColumn(name, Kind.TIME, 0));
    }
    return all;
  }

  private static String bare(String column) {
    return column.startsWith(FILE_NAME) ? column.substring(FILE_NAME.length()) : column;
  }

  /** The column's value beside an answer; null where there is none. */
  public String of(Answer answer) {
    return switch (kind) {
      case ID -> answer.id();
      case ID_PART -> IdParts.split(answer.id()).get(part);
      case TIME -> answer.time();
    };
  }
}
