package io.hindsight.datasets.table;

import io.hindsight.datasets.spec.TableSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private static final String DELTA = "delta";
  private static final String ICEBERG = "iceberg";
  private static final String MAIN = "main"; // Iceberg's usual branch
  private static final Set<String> REFERENCES = Set.of("branch", "tag"); // which move
  private static final Set<String> NAMED =
      Set.of("versionasof", "timestampasof", "snapshot-id", "as-of-timestamp", "end-snapshot-id");
  private static final String NAMED_BY_PATH = ".*@(v[0-9]+|[0-9]{17})"; // Delta's

  private final SparkSession session;
  private final TableSpec spec;
  private final String format;

  private VersionedTable(SparkSession session, TableSpec spec, String format) {
    this.session = session;
    this.spec = spec;
    this.format = format;
  }

  /** The table, if its format is one of those. */
  static Optional<VersionedTable> of(SparkSession session, TableSpec spec) {
    Optional<String> format =
        isInCatalog(spec)
            ? provider(session, spec)
            : Optional.of(spec.location().format().toLowerCase(Locale.ROOT));
    return format
        .filter(name -> name.equals(DELTA) || name.equals(ICEBERG))
        .map(name -> new VersionedTable(session, spec, name));
  }

  /** Whether a table's options may name a version, as far as its configuration tells. */
  static boolean mayBe(TableSpec spec) {
    String format = spec.location().format().toLowerCase(Locale.ROOT);
    return isInCatalog(spec) || format.equals(DELTA) || format.equals(ICEBERG);
  }

  /** Those of these options that name a version. */
  static List<String> versionOptions(Map<String, String> options) {
    return options.keySet().stream()
        .filter(key -> NAMED.contains(key.toLowerCase(Locale.ROOT)))
        .sorted()
        .toList();
  }

  private static boolean isInCatalog(TableSpec spec) {
    return spec.location().format().equals(TableReader.TABLE);
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
    if (isInCatalog(spec)) { // to which Spark gives no options
      return option(Set.of(versionOption().toLowerCase(Locale.ROOT)));
    }
    if (format.equals(DELTA) && path(spec).matches(NAMED_BY_PATH)) {
      return Optional.of(path(spec).substring(path(spec).lastIndexOf('@') + 1));
    }
    return option(NAMED);
  }

  private Optional<String> option(Set<String> names) {
    return spec.location().options().entrySet().stream()
        .filter(option -> names.contains(option.getKey().toLowerCase(Locale.ROOT)))
        .map(Map.Entry::getValue)
        .sorted()
        .findFirst();
  }

  /** The newest version; empty where the table has none yet, or its format does not tell. */
  Optional<String> newest() {
    Optional<List<Row>> rows = format.equals(DELTA) ? ask(this::history) : ask(this::reference);
    return rows.stream().flatMap(List::stream).map(row -> row.get(0).toString()).findFirst();
  }

  private Dataset<Row> history() {
    String name =
        isInCatalog(spec) ? path(spec) : "delta.`%s`".formatted(path(spec).replace("`", "``"));
    return session.sql("DESCRIBE HISTORY %s LIMIT 1".formatted(name)).select("version");
  }

  private Dataset<Row> reference() {
    Dataset<Row> all =
        isInCatalog(spec)
            ? session.table(path(spec) + ".refs")
            : load(
                withoutReferences(), path(spec) + (path(spec).contains("/") ? "#refs" : ".refs"));
    String reference = option(REFERENCES).orElse(MAIN);
    return all.where(all.col("name").equalTo(reference)).select("snapshot_id");
  }

  /** All rows of one version. */
  Dataset<Row> rows(String version) {
    if (isInCatalog(spec)) {
      return session.sql("SELECT * FROM %s VERSION AS OF %s".formatted(path(spec), version));
    }
    return load(at(version).location().options(), path(spec));
  }

  private String versionOption() {
    return format.equals(DELTA) ? "versionAsOf" : "snapshot-id";
  }

  /** The table as if its configuration named a version. */
  TableSpec at(String version) {
    Map<String, String> options = withoutReferences();
    options.put(versionOption(), version);
    return spec.withOptions(options);
  }

  private Map<String, String> withoutReferences() {
    Map<String, String> options = new HashMap<>(spec.location().options());
    options.keySet().removeIf(key -> REFERENCES.contains(key.toLowerCase(Locale.ROOT)));
    return options;
  }

  /** Whether a configuration that names a version is read as it is. */
  boolean isNamedToSpark() {
    return !isInCatalog(spec);
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
