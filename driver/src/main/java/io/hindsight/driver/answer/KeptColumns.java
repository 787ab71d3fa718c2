package io.hindsight.driver.answer;

import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.driver.answer.KeptColumn.Kind;
import io.hindsight.driver.config.ConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The columns of a table that stand beside the answers: those that are asked for, or id and time.
 *
 * <p>Where no column of the data is the id it is called {@code sequence}, several time columns
 * together are {@code time}, and a row's file is called by the last part of its name. Where the
 * data has a column of such a name, in whatever case, ours ends in {@code _}.
 */
public final class KeptColumns {
  private static final String FILE = "_metadata."; // how Spark names what it knows of a row's file
  private static final String SEQUENCE = "sequence";
  private static final String TIME = "time";

  private final TableSpec spec;
  private final Optional<List<String>> asked;
  private final List<KeptColumn> ours; // id and time
  private final List<String> others;
  private final List<KeptColumn> all;

  private KeptColumns(TableSpec spec, Optional<List<String>> asked, List<String> known) {
    this.spec = spec;
    this.asked = asked;
    ours = idAndTime(spec, known);
    others = asked.orElse(List.of()).stream().filter(name -> find(name).isEmpty()).toList();
    all = asked.map(this::named).orElse(ours);
  }

  /**
   * The columns to keep, as far as the names in the configuration tell.
   *
   * @param asked their names, in their order; absent for id and time
   * @throws ConfigException if one is named twice
   */
  public static KeptColumns of(TableSpec spec, Optional<List<String>> asked) {
    return new KeptColumns(spec, asked, List.of());
  }

  /**
   * The same, where the columns of the data are known.
   *
   * @throws ConfigException if one is named twice
   */
  public KeptColumns among(List<String> known) {
    return new KeptColumns(spec, asked, known);
  }

  /**
   * Whether a name that is asked for may be one of ours, or of a column that only the data tells.
   */
  public boolean isAmbiguous() {
    List<String> made =
        new ArrayList<>(spec.names().sequence().isEmpty() ? List.of(SEQUENCE) : List.of());
    spec.names().sequence().stream()
        .filter(KeptColumns::isOfFile)
        .map(KeptColumns::bare)
        .forEach(made::add);
    if (spec.names().time().size() > 1) {
      made.add(TIME);
    }
    return asked.orElse(List.of()).stream()
        .anyMatch(name -> made.stream().anyMatch(ours -> isLike(name, ours)));
  }

  /** Whether they differ in case and in {@code _} at their ends alone. */
  private static boolean isLike(String one, String other) {
    return one.replaceFirst("_+$", "").equalsIgnoreCase(other.replaceFirst("_+$", ""));
  }

  private static List<KeptColumn> idAndTime(TableSpec spec, List<String> known) {
    Set<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    taken.addAll(known);
    spec.names().sequence().stream().filter(id -> !isOfFile(id)).forEach(taken::add);
    List<String> times = spec.names().time();
    if (times.size() == 1) {
      taken.add(times.get(0));
    }
    List<KeptColumn> all = new ArrayList<>(ids(spec.names().sequence(), taken));
    if (!times.isEmpty()) {
      String name = times.size() == 1 ? times.get(0) : free(TIME, taken);
      all.add(new KeptColumn(name, Kind.TIME, 0));
    }
    return all;
  }

  /** Rows without an id column are one sequence, or one each, and have a name all the same. */
  private static List<KeptColumn> ids(List<String> columns, Set<String> taken) {
    if (columns.isEmpty()) {
      return List.of(new KeptColumn(free(SEQUENCE, taken), Kind.ID, 0));
    }
    List<KeptColumn> ids = new ArrayList<>();
    for (String column : columns) {
      String name = isOfFile(column) ? free(bare(column), taken) : column;
      ids.add(new KeptColumn(name, columns.size() == 1 ? Kind.ID : Kind.ID_PART, ids.size()));
    }
    return ids;
  }

  private static String free(String wished, Set<String> taken) {
    String name = wished;
    while (!taken.add(name)) {
      name += "_";
    }
    return name;
  }

  private static boolean isOfFile(String column) {
    return column.startsWith(FILE);
  }

  private static String bare(String column) {
    return isOfFile(column) ? column.substring(FILE.length()) : column;
  }

  private Optional<KeptColumn> find(String name) {
    return ours.stream().filter(column -> column.name().equals(name)).findFirst();
  }

  private List<KeptColumn> named(List<String> names) {
    List<KeptColumn> kept = new ArrayList<>();
    for (String name : names) {
      KeptColumn column =
          find(name).orElseGet(() -> new KeptColumn(bare(name), Kind.OTHER, others.indexOf(name)));
      if (kept.stream().anyMatch(other -> other.name().equalsIgnoreCase(column.name()))) {
        throw ConfigException.of("--keep " + name, "a column is kept once; name it once");
      }
      kept.add(column);
    }
    return kept;
  }

  /** All of them, in their order. */
  public List<KeptColumn> all() {
    return all;
  }

  /** Those that are asked for; none where id and time are not. */
  public List<KeptColumn> asked() {
    return asked.isEmpty() ? List.of() : all;
  }

  /** Names in the data of those that are neither id nor time, in their order. */
  public List<String> others() {
    return others;
  }
}
