package io.hindsight.datasets.table;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.files.HadoopFiles;
import io.hindsight.datasets.files.HadoopSettings;
import io.hindsight.datasets.files.TextFiles;
import io.hindsight.datasets.files.WideText;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Looks at the first bytes of CSV and JSON, which Spark reads as UTF-8 whatever they are. */
final class TableEncodings {
  /** Those of which Spark reads CSV; it knows no name for UTF-32 without a byte-order mark. */
  private static final String READABLE = "UTF-16|UTF-16LE|UTF-16BE|UTF-32";

  private TableEncodings() {}

  /**
   * Refuses UTF-16 and UTF-32 that the options do not provide for. Only the first file is looked
   * at.
   *
   * @param format {@code csv} or {@code json}
   * @throws DataException naming the encoding and the options that read it
   */
  static void require(String format, String path, Map<String, String> options) {
    if (isSet(options, "multiline") && (format.equals("json") || hasEncoding(options))) {
      return; // Spark decodes files as a whole then, and tells the encoding of JSON by itself
    }
    try {
      Path pattern = new Path(path);
      FileSystem system = HadoopFiles.of(pattern, HadoopSettings.configuration());
      Optional<Path> file = first(system, system.globStatus(pattern));
      if (file.isPresent()) {
        require(format, file.get(), firstBytes(system, file.get()));
      }
    } catch (IOException | IllegalArgumentException unreadable) {
      // Whoever reads the data says what is wrong with them.
    }
  }

  private static void require(String format, Path file, byte[] bytes) {
    Optional<String> wide = WideText.encoding(bytes);
    if (wide.isPresent()) {
      throw new DataException(
          format + " must be UTF-8 text",
          wide.get(),
          TextFiles.name(file),
          remedy(format, wide.get()));
    }
  }

  private static String remedy(String format, String encoding) {
    String conversion = WideText.conversion(encoding);
    return format.equals("csv") && encoding.matches(READABLE)
        ? "set data.options: {encoding: %s, multiLine: true}, or %s".formatted(encoding, conversion)
        : conversion;
  }

  private static boolean hasEncoding(Map<String, String> options) {
    return options.keySet().stream()
        .anyMatch(key -> key.toLowerCase(Locale.ROOT).matches("encoding|charset"));
  }

  private static boolean isSet(Map<String, String> options, String name) {
    return options.entrySet().stream()
        .filter(option -> option.getKey().toLowerCase(Locale.ROOT).equals(name))
        .anyMatch(option -> Boolean.parseBoolean(option.getValue()));
  }

  private static Optional<Path> first(FileSystem system, FileStatus[] matches) throws IOException {
    FileStatus[] inOrder = matches == null ? new FileStatus[0] : matches.clone();
    Arrays.sort(inOrder, Comparator.comparing(FileStatus::getPath));
    for (FileStatus match : inOrder) {
      Optional<Path> file =
          TextFiles.isVisible(match.getPath()) ? in(system, match) : Optional.empty();
      if (file.isPresent()) {
        return file;
      }
    }
    return Optional.empty();
  }

  private static Optional<Path> in(FileSystem system, FileStatus match) throws IOException {
    if (match.isDirectory()) {
      return first(system, system.listStatus(match.getPath()));
    }
    return Optional.of(match.getPath()).filter(file -> match.getLen() > 0);
  }

  private static byte[] firstBytes(FileSystem system, Path file) throws IOException {
    try (InputStream in = system.open(file)) {
      return in.readNBytes(WideText.ENOUGH);
    }
  }
}
