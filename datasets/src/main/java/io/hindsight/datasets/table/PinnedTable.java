package io.hindsight.datasets.table;

import io.hindsight.datasets.snapshot.SourceVersion;
import io.hindsight.datasets.spec.TableSpec;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A table of a format that keeps versions, in the one version that all readings of a command see,
 * whatever is written to it meanwhile.
 */
public final class PinnedTable {
  private static final Logger LOG = LoggerFactory.getLogger(PinnedTable.class);

  private PinnedTable() {}

  /**
   * Chooses the newest version, unless one is named, and tells which it is.
   *
   * @return the table with its version named; as it is where it has none
   * @throws io.hindsight.datasets.DataException if the table cannot be read
   */
  public static TableSpec of(TableSpec spec) {
    String source = spec.location().path().orElse(spec.location().format());
    try {
      Optional<VersionedTable> found = VersionedTable.of(SparkSession.active(), spec);
      return found.map(table -> pinned(table, spec, source)).orElse(spec);
    } catch (Exception e) { // Scala declares no checked exceptions
      throw SparkErrors.translate(e, spec, source);
    }
  }

  /**
   * The version that an earlier reading has seen.
   *
   * @return the table with that version named; as it is if it is of another format by now
   * @throws io.hindsight.datasets.DataException if the table cannot be read
   */
  public static TableSpec at(TableSpec spec, SourceVersion earlier) {
    String source = spec.location().path().orElse(spec.location().format());
    try {
      return VersionedTable.of(SparkSession.active(), spec)
          .filter(table -> table.named().isEmpty() && table.format().equals(earlier.format()))
          .map(table -> table.at(earlier.version()))
          .orElse(spec);
    } catch (Exception e) { // Scala declares no checked exceptions
      throw SparkErrors.translate(e, spec, source);
    }
  }

  /** The options, as its configuration writes them, by which a table names a version. */
  public static List<String> versionOptions(TableSpec spec) {
    return VersionOptions.mayBeOf(spec)
        ? VersionOptions.naming(spec.location().options())
        : List.of();
  }

  private static TableSpec pinned(VersionedTable table, TableSpec spec, String source) {
    Optional<String> named = table.named();
    Optional<String> version = named.or(table::newest);
    version.ifPresent(
        which -> LOG.info("reads version {} of the {} table {}", which, table.format(), source));
    return named.isPresent() ? spec : version.map(table::at).orElse(spec);
  }
}
