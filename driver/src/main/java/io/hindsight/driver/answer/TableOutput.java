package io.hindsight.driver.answer;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where Spark writes a table of answers, and how.
 *
 * @param format a source that Spark can write ({@code parquet csv json orc avro jdbc …}), or {@code
 *     table}
 * @param location a path or URI, or a table's name; absent for sources that need none (jdbc)
 * @param mode what becomes of what is there already
 * @param partitionBy columns by whose values the rows are divided into folders
 * @param options options of the Spark source
 * @param keep columns of the data that stand beside the answers; absent for id and time
 */
public record TableOutput(
    String format,
    Optional<String> location,
    Mode mode,
    List<String> partitionBy,
    Map<String, String> options,
    Optional<List<String>> keep) {
  /** The format of tables of the session's catalog. */
  public static final String TABLE = "table";

  /** What becomes of what is at the output already. */
  public enum Mode {
    /** It is an error. */
    ERROR,
    /** It stays, and the rows are added. */
    APPEND,
    /** The rows take its place. */
    OVERWRITE
  }

  public TableOutput {
    format = format.toLowerCase(Locale.ROOT).equals(TABLE) ? TABLE : format;
    partitionBy = List.copyOf(partitionBy);
    options = Map.copyOf(options);
    keep = keep.map(List::copyOf);
  }

  /** A new output of a format, without options. */
  public static TableOutput of(String format, String location) {
    return new TableOutput(
        format, Optional.of(location), Mode.ERROR, List.of(), Map.of(), Optional.empty());
  }

  /** Whether an option is given; Spark knows options in any case. */
  public Optional<String> option(String name) {
    return options.entrySet().stream()
        .filter(option -> option.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** The output, for people. */
  public String name() {
    return location.orElseGet(
        () -> option("dbtable").map(table -> format + " " + table).orElse(format));
  }

  /** The option of the command line that names the output, for errors. */
  public String place() {
    return location.map(where -> "--output " + where).orElse("--format " + format);
  }
}
