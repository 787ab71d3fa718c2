package io.hindsight.datasets.table;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Errors;
import io.hindsight.datasets.files.HadoopFiles;
import io.hindsight.datasets.spec.TableSpec;
import java.util.Locale;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;

/** Tells faults of the data from faults of the cluster among Spark's errors. */
public final class SparkErrors {
  private SparkErrors() {}

  /**
   * The error to throw instead: a {@link DataException} if the data or its description is at fault,
   * else the error itself, or wrapped if it is checked.
   */
  static RuntimeException translate(Exception error, TableSpec spec, String source) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      String condition = condition(cause);
      if (condition.startsWith("PATH_NOT_FOUND")) {
        return Errors.notFound(source);
      }
      if (condition.startsWith("UNABLE_TO_INFER_SCHEMA")) {
        return Errors.emptyDataSet(source);
      }
      if (HadoopFiles.isUnknown(cause)) {
        return Errors.unknownFileSystem(source, cause);
      }
      if (condition.startsWith("TABLE_OR_VIEW_NOT_FOUND")) {
        return unreadable("data.path must name a table of the session", cause, source, error);
      }
      if (isUnknownSource(cause)) {
        return unknownFormat(spec, source, cause, error);
      }
      if (condition.startsWith("PARQUET_TYPE_ILLEGAL")) {
        return unknownType(cause, source, error);
      }
      if (isUnreadable(cause, condition)) {
        return unreadable("the source must be readable", cause, source, error);
      }
    }
    return error instanceof RuntimeException runtime
        ? runtime
        : new IllegalStateException("reading " + source + " failed", error);
  }

  /** Whether Spark says that it knows no source of a name. */
  public static boolean isUnknownSource(Throwable cause) {
    return condition(cause).startsWith("DATA_SOURCE_NOT_FOUND")
        || firstLine(cause).contains("Failed to find data source");
  }

  private static boolean isUnreadable(Throwable cause, String condition) {
    return cause instanceof AnalysisException
        || condition.startsWith("FAILED_READ_FILE")
        || condition.startsWith("MALFORMED_")
        || condition.startsWith("CANNOT_READ_")
        || firstLine(cause).contains("CSV header does not conform");
  }

  private static DataException unknownFormat(
      TableSpec spec, String source, Throwable cause, Exception error) {
    return new DataException(
        "data.format must be a source that Spark knows",
        DataException.quote(spec.location().format()) + ": " + firstLine(cause),
        source + ", data.format",
        "correct the name, or add the source's package with --conf spark.jars.packages=",
        error);
  }

  /** Nanoseconds are refused only in a session that Hindsight did not start. */
  private static DataException unknownType(Throwable cause, String source, Exception error) {
    return new DataException(
        "Spark must know the type of every column of a Parquet file",
        firstLine(cause),
        source,
        firstLine(cause).contains("NANOS")
            ? "set spark.sql.legacy.parquet.nanosAsLong to true in your session"
            : "write the file with another type, or without that column",
        error);
  }

  private static DataException unreadable(
      String rule, Throwable cause, String source, Exception error) {
    return new DataException(
        rule, detail(cause), source, "check data.format, data.path and data.options", error);
  }

  /** What the innermost error says, for the outer ones only tell which file was being read. */
  private static String detail(Throwable cause) {
    Throwable innermost = cause;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    return firstLine(innermost);
  }

  /**
   * Spark's name of an error, in capitals; empty where it has none. By the method that Spark 3.5
   * has, too, and that calls the newer one elsewhere.
   */
  public static String condition(Throwable cause) {
    String condition = cause instanceof SparkThrowable spark ? spark.getErrorClass() : null;
    return condition == null ? "" : condition.toUpperCase(Locale.ROOT);
  }

  /** What an error says first; Spark goes on with hints, plans and stack traces. */
  public static String firstLine(Throwable cause) {
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
  }
}
