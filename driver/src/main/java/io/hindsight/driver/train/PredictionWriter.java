package io.hindsight.driver.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hindsight.datasets.DataException;
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
import org.apache.hadoop.fs.Path;

/** Writes rows as CSV (RFC 4180) or as JSON lines to any file system that Hadoop knows. */
final class PredictionWriter implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Writer out;
  private final boolean csv;
  private boolean headed;

  private PredictionWriter(Writer out, boolean csv) {
    this.out = out;
    this.csv = csv;
  }

  /**
   * Creates the file.
   *
   * @param output path or URI ending in {@code .csv}, {@code .jsonl} or {@code .json}
   * @throws DataException if it exists or has another ending
   */
  static PredictionWriter open(String output) {
    boolean csv = output.endsWith(".csv");
    if (!csv && !output.endsWith(".jsonl") && !output.endsWith(".json")) {
      throw new DataException(
          "the output's ending must name its format", output, "--output", "use .csv or .jsonl");
    }
    Path path = new Path(output);
    try {
      FileSystem files = path.getFileSystem(new Configuration());
      files.setWriteChecksum(false);
      Writer writer = new OutputStreamWriter(files.create(path, false), StandardCharsets.UTF_8);
      return new PredictionWriter(writer, csv);
    } catch (FileAlreadyExistsException e) {
      throw new DataException(
          "the output must not exist yet", output, "--output", "delete it or name another file", e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + output, e);
    }
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

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot finish writing the predictions", e);
    }
  }
}
