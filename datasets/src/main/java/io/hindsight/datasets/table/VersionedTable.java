package io.hindsight.datasets.table;

import io.hindsight.datasets.spec.TableSpec;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A table of Delta or Iceberg, by its path or in the catalog. Its versions are found and read by
 * the SQL and the options that those formats have, so that nothing of theirs is needed to build
 * this program.
 */
final class VersionedTable {
  private static final Logger LOG = LoggerFactory.getLogger(VersionedTable.class);

  private final SparkSession session;
  private final TableSpec spec;
  private final String format;
  private final VersionOptions options;
  private final String path; // or name
  private final boolean inCatalog;

  private VersionedTable(SparkSession session, TableSpec spec, String format) {
    this.session = session;
    this.spec = spec;
    this.format = format;
    options = new VersionOptions(spec, format);
    path = path(spec);
    inCatalog = VersionOptions.isInCatalog(spec);
  }

  /** The table, if its format is one of those. */
  static Optional<VersionedTable> of(SparkSession session, TableSpec spec) {
    Optional<String> format =
        VersionOptions.isInCatalog(spec)
            ? provider(session, spec)
            : Optional.of(spec.location().format().toLowerCase(Locale.ROOT));
    return format
        .filter(VersionOptions::areOf)
        .map(name -> new VersionedTable(session, spec, name));
  }

  /** Of a view there is none; what is no table is refused by whoever opens it. */
  private static Optional<String> provider(SparkSession session, TableSpec spec) {
    return ask(() -> session.sql("DESCRIBE TABLE EXTENDED " + path(spec))).stream()
        .flatMap(List::stream)
        .filter(row -> row.getString(0).equals("Provider"))
        .map(row -> row.getString(1).toLowerCase(Locale.ROOT))
        .findFirst();
  }

  private static String path(TableSpec spec) {
    return spec.location().path().orElse("");
  }

  /** {@code delta} or {@code iceberg}. */
  String format() {
    return format;
  }

  /** The version that the configuration names, in its words. */
  Optional<String> named() {
    return options.named();
  }

  /** The newest version; empty where the table has none yet, or its format does not tell. */
  Optional<String> newest() {
    Optional<List<Row>> rows = options.areDelta() ? ask(this::history) : ask(this::reference);
    return rows.stream().flatMap(List::stream).map(row -> row.get(0).toString()).findFirst();
  }

  private Dataset<Row> history() {
    String name = inCatalog ? path : "delta.`%s`".formatted(path.replace("`", "``"));
    return session.sql("DESCRIBE HISTORY %s LIMIT 1".formatted(name)).select("version");
  }

  private Dataset<Row> reference() {
    Dataset<Row> all =
        inCatalog
            ? session.table(path + ".refs")
            : load(options.withoutReferences(), path + (path.contains("/") ? "#refs" : ".refs"));
    return all.where(all.col("name").equalTo(options.reference())).select("snapshot_id");
  }

  /** All rows of one version. */
  Dataset<Row> rows(String version) {
    if (inCatalog) {
      return session.sql("SELECT * FROM %s VERSION AS OF %s".formatted(path, version));
    }
    return load(at(version).location().options(), path);
  }

  /** The table as if its configuration named a version. */
  TableSpec at(String version) {
    return options.at(version);
  }

  /** Whether a configuration that names a version is read as it is. */
  boolean isNamedToSpark() {
    return !inCatalog;
  }

  private Dataset<Row> load(Map<String, String> options, String path) {
    return session.read().format(spec.location().format()).options(options).load(path);
  }

  /** Rows of metadata; empty if there are none of that kind. */
  private static Optional<List<Row>> ask(Supplier<Dataset<Row>> question) {
    try {
      return Optional.of(question.get().collectAsList());
    } catch (Exception e) {
      if (e instanceof AnalysisException || e instanceof IllegalArgumentException) {
        LOG.debug("no such metadata", e);
        return Optional.empty();
      }
      throw e;
    }
  }
}
