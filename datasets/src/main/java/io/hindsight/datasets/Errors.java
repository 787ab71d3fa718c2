package io.hindsight.datasets;

import io.hindsight.datasets.files.HadoopFiles;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Errors and hints that several sources share. */
public final class Errors {
  private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

  private Errors() {}

  /** A path without a file. */
  public static DataException notFound(String path) {
    return new DataException(
        "data.path must name at least one file",
        "none",
        path,
        "correct the path; a relative one starts at the working directory");
  }

  /** A URI whose scheme no file system answers to. */
  public static DataException unknownFileSystem(String path, Throwable cause) {
    return new DataException(
        "data.path must be on a file system that Hadoop knows",
        String.valueOf(cause.getMessage()),
        path,
        HadoopFiles.REMEDY,
        cause);
  }

  /** Data without a single row or character. */
  public static DataException emptyDataSet(String place) {
    return new DataException("a data set must not be empty", "no rows", place, "check the source");
  }

  /** A table none of whose rows is read. */
  public static DataException emptyWindow(TimeWindow window, String place) {
    return new DataException(
        "at least one row must lie in data.window",
        "none from " + window,
        place,
        "bring data of that time, or change data.window");
  }

  /** The nearest of several names, if it is near enough to be meant. */
  public static Optional<String> nearest(String wanted, Collection<String> names) {
    String lower = wanted.toLowerCase(Locale.ROOT);
    int limit = wanted.length() / 2;
    return names.stream()
        .min(Comparator.comparingInt(name -> distance(lower, name)))
        .filter(name -> distance(lower, name) <= limit);
  }

  private static int distance(String lower, String name) {
    return DISTANCE.apply(lower, name.toLowerCase(Locale.ROOT));
  }
}
