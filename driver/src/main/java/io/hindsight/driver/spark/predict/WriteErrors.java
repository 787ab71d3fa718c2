package io.hindsight.driver.spark.predict;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.table.SparkErrors;
import io.hindsight.driver.answer.TableOutput;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.engine.EngineException;
import io.hindsight.driver.spark.JobFailures;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Optional;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.sql.AnalysisException;

/** Tells wrong settings, and what is in the way, from faults of the cluster as Spark writes. */
final class WriteErrors {
  private static final String CONNECTION = "08"; // class of SQLSTATE

  /**
   * What Java says in words where no driver takes a URL; its state is that of a lost connection.
   */
  private static final String NO_DRIVER = "No suitable driver";

  private WriteErrors() {}

  /** A place that cannot be written. */
  static ConfigException unusable(TableOutput output, Exception reason) {
    return ConfigException.of(
        output.place(),
        "it cannot be written (%s); name a place that can"
            .formatted(SparkErrors.firstLine(reason)));
  }

  /** A source that Spark does not know. */
  static ConfigException unknownFormat(TableOutput output, Throwable cause) {
    return ConfigException.of(
        "--format " + output.format(),
        "Spark knows no such source (%s); correct the name, or add the source's package with --conf spark.jars.packages="
            .formatted(SparkErrors.firstLine(cause)));
  }

  /**
   * What to throw for what Spark threw: the outermost error of the chain that tells who is at
   * fault.
   */
  static RuntimeException translate(Exception failure, TableOutput output) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      boolean refused =
          cause instanceof AnalysisException || (cause == failure && isArgument(cause));
      RuntimeException known = refused ? refused(cause, output) : null;
      known = known(cause, output).orElse(known);
      if (known != null) {
        return known;
      }
    }
    return others(failure, output);
  }

  /** Where a task failed for another reason than the cluster, it is ours. */
  private static RuntimeException others(Exception failure, TableOutput output) {
    if (failure instanceof RuntimeException runtime) {
      return runtime;
    }
    Throwable innermost = innermost(failure);
    String what =
        "writing %s failed: %s".formatted(output.name(), SparkErrors.firstLine(innermost));
    boolean clusters = innermost instanceof IOException || JobFailures.isSparks(innermost);
    return clusters ? new EngineException(what, failure) : new IllegalStateException(what, failure);
  }

  private static Optional<RuntimeException> known(Throwable cause, TableOutput output) {
    if (cause instanceof DataException || cause instanceof ConfigException) {
      return Optional.of((RuntimeException) cause);
    }
    if (SparkErrors.isUnknownSource(cause)) {
      return Optional.of(unknownFormat(output, cause));
    }
    if (isThere(cause)) {
      return Optional.of(Destination.exists("table " + output.name()));
    }
    if (isForbidden(cause)) {
      return Optional.of(unusable(output, (Exception) cause));
    }
    return cause instanceof SQLException sql
        ? Optional.of(database(sql, output))
        : Optional.empty();
  }

  /** Databases have no name of the error in common with catalogs. */
  private static boolean isThere(Throwable cause) {
    return cause instanceof AnalysisException
        && SparkErrors.firstLine(cause).contains("already exists")
        && !SparkErrors.condition(cause).startsWith("COLUMN");
  }

  private static boolean isForbidden(Throwable cause) {
    String message = SparkErrors.firstLine(cause);
    return cause instanceof AccessControlException
        || cause instanceof ParentNotDirectoryException
        || (cause instanceof IOException
            && (message.startsWith("Mkdirs failed") || message.contains("Permission denied")));
  }

  /** Sources refuse their options so, before a task begins. */
  private static boolean isArgument(Throwable cause) {
    return cause instanceof IllegalArgumentException || cause instanceof ClassNotFoundException;
  }

  private static ConfigException refused(Throwable cause, TableOutput output) {
    return ConfigException.of(
        "--format " + output.format(),
        "Spark refuses to write %s (%s); correct --output, --option, --partition-by, --keep or --mode"
            .formatted(output.name(), SparkErrors.firstLine(cause)));
  }

  private static RuntimeException database(SQLException sql, TableOutput output) {
    return isUnreachable(sql)
        ? new EngineException(
            "the database of %s does not answer: %s"
                .formatted(output.name(), SparkErrors.firstLine(sql)),
            sql)
        : refused(sql, output);
  }

  private static boolean isUnreachable(SQLException sql) {
    for (Throwable cause = sql; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketException
          || cause instanceof SocketTimeoutException
          || cause instanceof UnknownHostException) {
        return true;
      }
    }
    String state = String.valueOf(sql.getSQLState());
    return state.startsWith(CONNECTION) && !sql.getMessage().contains(NO_DRIVER);
  }

  private static Throwable innermost(Throwable failure) {
    Throwable innermost = failure;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    return innermost;
  }
}
