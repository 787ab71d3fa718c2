package io.hindsight.driver.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hindsight.datasets.DataException;
import io.hindsight.driver.config.ConfigException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.security.AccessControlException;

/** Writes rows as CSV (RFC 4180) or as JSON lines to any file system that Hadoop knows. */
final class PredictionWriter implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FileSystem files;
  private final Path path;
  private final Writer out;
  private final boolean csv;
  private boolean headed;
  private boolean finished;

  private PredictionWriter(FileSystem files, Path path, boolean csv) throws IOException {
    this.files = files;
    this.path = path;
    this.csv = csv;
    out = new OutputStreamWriter(files.create(path, false), StandardCharsets.UTF_8);
  }

  /**
   * Refuses an output that cannot be written, before any work is done for it.
   *
   * @param output path or URI ending in {@code .csv}, {@code .jsonl} or {@code .json}
   * @throws ConfigException if it has another ending, or a scheme that Hadoop does not know
   * @throws DataException if it exists
   */
  static void requireNew(String output) {
    if (!isCsv(output) && !output.endsWith(".jsonl") && !output.endsWith(".json")) {
      throw ConfigException.of(
          "--output " + output,
          "the name's ending must tell the format; let it end in .csv or .jsonl");
    }
    try {
      Path path = new Path(output);
      if (path.getFileSystem(new Configuration()).exists(path)) {
        throw exists(output);
      }
    } catch (UnsupportedFileSystemException | IllegalArgumentException e) {
      throw unusable(output, e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + output, e);
    }
  }

  /**
   * Creates the file; it is deleted again unless {@link #finish} is called.
   *
   * @param output as {@link #requireNew} accepts it
   * @throws ConfigException if it cannot be created
   * @throws DataException if it exists
   */
  static PredictionWriter open(String output) {
    Path path = new Path(output);
    try {
      FileSystem files = path.getFileSystem(new Configuration());
      files.setWriteChecksum(false);
      return new PredictionWriter(files, path, isCsv(output));
    } catch (FileAlreadyExistsException e) {
      throw blocked(output, path, e);
    } catch (ParentNotDirectoryException | AccessControlException | FileNotFoundException e) {
      throw unusable(output, e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + output, e);
    }
  }

  private static boolean isCsv(String output) {
    return output.endsWith(".csv");
  }

  private static DataException exists(String output) {
    return new DataException(
        "the output must not exist yet", output, "--output", "delete it or name another file");
  }

  /** Local files call a file in the place of a folder by the same name. */
  private static RuntimeException blocked(
      String output, Path path, FileAlreadyExistsException reason) {
    boolean isFile = String.valueOf(reason.getMessage()).endsWith(path.toUri().getPath());
    return isFile ? exists(output) : unusable(output, reason);
  }

  private static ConfigException unusable(String output, Exception reason) {
    return ConfigException.of(
        "--output " + output,
        "the file cannot be created (%s); name a file in a folder that can be written"
            .formatted(reason.getMessage()));
  }

  /** Writes a row; all rows have the same columns in the same order. */
  void write(Map<String, Object> row) {
    try {
      if (csv && !headed) {
        out.write(line(row.keySet()));
        headed = true;
      }
      out.write(csv ? line(row.values()) : JSON.writeValueAsString(row) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a row of texts and numbers is not JSON: " + row, e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the predictions", e);
    }
  }

  private static String line(Iterable<?> cells) {
    return StreamSupport.stream(cells.spliterator(), false)
            .map(PredictionWriter::quoted)
            .collect(Collectors.joining(","))
        + "\n";
  }

  private static String quoted(Object cell) {
    String text = String.valueOf(cell);
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  /** Says that all rows are written, so that the file stays. */
  void finish() {
    finished = true;
  }

  @Override
  public void close() {
    try {
      out.close();
      if (!finished) {
        files.delete(path, false);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot finish writing the predictions", e);
    }
  }
}
