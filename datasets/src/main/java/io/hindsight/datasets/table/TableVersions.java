package io.hindsight.datasets.table;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.snapshot.Reading;
import io.hindsight.datasets.snapshot.SourceSnapshot;
import io.hindsight.datasets.snapshot.SourceVersion;
import io.hindsight.datasets.spec.TableSpec;
import java.io.FileNotFoundException;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens tables whose formats keep versions in one version: that of the earlier reading which is
 * gone on from, else the newest. Whatever is written meanwhile, every pass over such a table sees
 * the same rows.
 */
final class TableVersions {
  private static final Logger LOG = LoggerFactory.getLogger(TableVersions.class);

  private final SparkSession session;
  private final TableSpec spec;
  private final String source;

  TableVersions(SparkSession session, TableSpec spec, String source) {
    this.session = session;
    this.spec = spec;
    this.source = source;
  }

  /**
   * Opens a table.
   *
   * @param asItIs opens it where there is no version to choose
   * @throws DataException if the version of the earlier reading is not there any more
   */
  FoundTable open(Reading reading, Supplier<Dataset<Row>> asItIs) {
    Optional<VersionedTable> versioned = VersionedTable.of(session, spec);
    if (versioned.isPresent()) {
      return open(versioned.get(), reading, asItIs);
    }
    Dataset<Row> rows = asItIs.get();
    return new FoundTable(rows, TableFiles.of(rows, source));
  }

  private FoundTable open(VersionedTable table, Reading reading, Supplier<Dataset<Row>> asItIs) {
    Optional<String> named = table.named();
    if (named.isPresent()) {
      SourceVersion version = version(table, named.get());
      return table.isNamedToSpark() ? new FoundTable(asItIs.get(), version) : again(table, version);
    }
    Optional<String> earlier = reading.earlier(source, table.format());
    if (earlier.isPresent()) {
      return again(table, version(table, earlier.get()));
    }
    Optional<String> newest = table.newest();
    if (newest.isPresent()) {
      return new FoundTable(table.rows(newest.get()), version(table, newest.get()));
    }
    FoundTable open = new FoundTable(asItIs.get(), new SourceSnapshot.Unknown(source));
    LOG.warn("{}: {} does not tell its version, so it is read as it is", source, table.format());
    return open;
  }

  private SourceVersion version(VersionedTable table, String version) {
    return new SourceVersion(source, table.format(), version);
  }

  private static FoundTable again(VersionedTable table, SourceVersion version) {
    try {
      return new FoundTable(table.rows(version.version()), version);
    } catch (Exception e) {
      if (e instanceof AnalysisException || e instanceof IllegalArgumentException) {
        throw missing(version, e, e);
      }
      throw e;
    }
  }

  /**
   * If reading failed since files of the version are gone, as they go when old versions are cleaned
   * up, that.
   */
  static Optional<RuntimeException> missing(Optional<SourceSnapshot> read, Exception error) {
    if (read.isPresent() && read.get() instanceof SourceVersion version) {
      for (Throwable cause = error; cause != null; cause = cause.getCause()) {
        if (cause instanceof FileNotFoundException) {
          return Optional.of(missing(version, cause, error));
        }
      }
    }
    return Optional.empty();
  }

  private static DataException missing(SourceVersion version, Throwable reason, Exception error) {
    return new DataException(
        "version %s of the %s table must still be there"
            .formatted(version.version(), version.format()),
        "it gone",
        version.source() + ": " + SparkErrors.firstLine(reason),
        "restore it, or start a new run",
        error);
  }
}
