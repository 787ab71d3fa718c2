package io.hindsight.datasets;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Errors and hints that several sources share. */
final class Errors {
  private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

  private Errors() {}

  /** Data that a model of another kind of data cannot read. */
  static DataException otherKind(String data, Encoding stored) {
    return new DataException(
        "a model reads the kind of data it was trained on",
        data,
        "the model was trained on " + describe(stored),
        "name data of the same kind");
  }

  /** A path without a file. */
  static DataException notFound(String path) {
    return new DataException(
        "data.path must name at least one file",
        "none",
        path,
        "correct the path; a relative one starts at the working directory");
  }

  /** A URI whose scheme no file system answers to. */
  static DataException unknownFileSystem(String path, Throwable cause) {
    return new DataException(
        "data.path must be on a file system that Hadoop knows",
        String.valueOf(cause.getMessage()),
        path,
        "correct the scheme, or add the file system's package with --conf spark.jars.packages=",
        cause);
  }

  /** Data without a single row or character. */
  static DataException emptyDataSet(String place) {
    return new DataException("a data set must not be empty", "no rows", place, "check the source");
  }

  /** The nearest of several names, if it is near enough to be meant. */
  static Optional<String> nearest(String wanted, Collection<String> names) {
    String lower = wanted.toLowerCase(Locale.ROOT);
    int limit = wanted.length() / 2;
    return names.stream()
        .min(Comparator.comparingInt(name -> distance(lower, name)))
        .filter(name -> distance(lower, name) <= limit);
  }

  private static int distance(String lower, String name) {
    return DISTANCE.apply(lower, name.toLowerCase(Locale.ROOT));
  }

  private static String describe(Encoding stored) {
    if (stored instanceof Encoding.Generated task) {
      return "generator '" + task.name() + "'";
    }
    return stored instanceof Encoding.Text ? "text" : "a table";
  }
}
