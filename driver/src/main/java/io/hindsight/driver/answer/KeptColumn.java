package io.hindsight.driver.answer;

import io.hindsight.datasets.DataSpec;
import io.hindsight.datasets.rows.IdParts;
import io.hindsight.driver.config.ConfigException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A column of the data that stands beside the answers: id and time as text, any other as it is.
 *
 * @param name in the data, and so in the output
 * @param kind what it holds
 * @param part which of several id columns it is, or which of the other columns
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
    TIME,
    /** Any other column, in the row of that value. */
    OTHER
  }

  /**
   * The columns to keep: those that are asked for, in their order, or id and time.
   *
   * @throws ConfigException if one is named twice
   */
  public static List<KeptColumn> of(DataSpec.Table spec, Optional<List<String>> asked) {
    List<KeptColumn> all = available(spec);
    if (asked.isEmpty()) {
      return all;
    }
    List<KeptColumn> kept = new ArrayList<>();
    List<String> others = others(spec, asked);
    for (String name : asked.get()) {
      KeptColumn column =
          find(all, name)
              .orElseGet(() -> new KeptColumn(bare(name), Kind.OTHER, others.indexOf(name)));
      if (kept.stream().anyMatch(other -> other.name().equalsIgnoreCase(column.name()))) {
        throw ConfigException.of("--keep " + name, "a column is kept once; name it once");
      }
      kept.add(column);
    }
    return kept;
  }

  /** Names in the data of the columns to keep that are neither id nor time, in their order. */
  public static List<String> others(DataSpec.Table spec, Optional<List<String>> asked) {
    List<KeptColumn> all = available(spec);
    return asked.orElse(List.of()).stream().filter(name -> find(all, name).isEmpty()).toList();
  }

  private static Optional<KeptColumn> find(List<KeptColumn> all, String name) {
    return all.stream().filter(column -> column.name().equals(name)).findFirst();
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

  /** Whether it is neither id nor time. */
  public boolean isOther() {
    return kind == Kind.OTHER;
  }

  /** The id or the time beside an answer; null where there is none. */
  public String of(Answer answer) {
    return switch (kind) {
      case ID -> answer.id();
      case ID_PART -> IdParts.split(answer.id()).get(part);
      case TIME -> answer.time();
      case OTHER -> throw new IllegalStateException(name + " is kept beside the answers");
    };
  }
}
