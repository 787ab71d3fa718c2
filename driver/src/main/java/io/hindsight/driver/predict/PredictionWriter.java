package io.hindsight.driver.predict;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Decimal;
import io.hindsight.datasets.files.FileNames;
import io.hindsight.datasets.files.HadoopFiles;
import io.hindsight.datasets.files.HadoopSettings;
import io.hindsight.driver.answer.AnswerColumns;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.storage.NewName;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.security.AccessControlException;

/** Writes rows as CSV (RFC 4180) or as JSON lines to any file system that Hadoop knows. */
final class PredictionWriter implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String OPTION = "--output";

  private final String option;
  private final FileSystem files;
  private final Path path;
  private final Path temporary;
  private final Writer out;
  private final boolean csv;
  private boolean headed;
  private boolean finished;

  private PredictionWriter(String option, FileSystem files, Path path, boolean csv)
      throws IOException {
    this.option = option;
    this.files = files;
    this.path = path;
    this.csv = csv;
    temporary = new Path(path.getParent(), "." + path.getName() + ".tmp-" + UUID.randomUUID());
    out = new OutputStreamWriter(files.create(temporary, false), StandardCharsets.UTF_8);
  }

  /**
   * Refuses an output that cannot be written, before any work is done for it.
   *
   * @param output path or URI ending in {@code .csv}, {@code .jsonl} or {@code .json}
   * @throws ConfigException if it has another ending, or a scheme that Hadoop does not know
   * @throws DataException if it exists
   */
  static void requireNew(String output) {
    requireNew(OPTION, output);
  }

  /** As the other, of a file that another option names. */
  static void requireNew(String option, String output) {
    if (!isCsv(output) && !output.endsWith(".jsonl") && !output.endsWith(".json")) {
      throw ConfigException.of(
          option + " " + output,
          "the name's ending must tell the format; let it end in .csv or .jsonl");
    }
    try {
      FileNames.requireWritable(output);
      Path path = new Path(output);
      if (HadoopFiles.of(path, HadoopSettings.configuration()).exists(path)) {
        throw exists(option, output);
      }
    } catch (UnsupportedFileSystemException | IllegalArgumentException e) {
      throw unusable(option, output, e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + output, e);
    }
  }

  /**
   * Begins a file under a temporary name beside the output's; {@link #finish} gives it its name.
   *
   * @param output as {@link #requireNew} accepts it
   * @throws ConfigException if it cannot be created
   */
  static PredictionWriter open(String output) {
    return open(OPTION, output);
  }

  /** As the other, of a file that another option names. */
  static PredictionWriter open(String option, String output) {
    Path path = new Path(output);
    try {
      FileSystem files = HadoopFiles.of(path, HadoopSettings.configuration());
      files.setWriteChecksum(false);
      return new PredictionWriter(option, files, files.makeQualified(path), isCsv(output));
    } catch (FileAlreadyExistsException // a file in the place of a folder, on local disks
        | ParentNotDirectoryException
        | AccessControlException
        | FileNotFoundException e) {
      throw unusable(option, output, e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + output, e);
    }
  }

  private static boolean isCsv(String output) {
    return output.endsWith(".csv");
  }

  private static DataException exists(String option, String output) {
    return new DataException(
        "the output must not exist yet", output, option, "delete it or name another file");
  }

  private static ConfigException unusable(String option, String output, Exception reason) {
    return ConfigException.of(
        option + " " + output,
        "the file cannot be created (%s); name a file in a folder that can be written"
            .formatted(reason.getMessage()));
  }

  /**
   * Writes a row; all rows have the same columns in the same order.
   *
   * @param given texts and numbers; fractional ones are written in their shortest decimal, null is
   *     an empty cell, or null in JSON
   */
  void write(Map<String, Object> given) {
    Map<String, Object> row = new LinkedHashMap<>(given);
    row.replaceAll((column, cell) -> exact(cell));
    try {
      if (csv && !headed) {
        out.write(line(row.keySet()));
        headed = true;
      }
      if (csv) {
        row.replaceAll((column, cell) -> AnswerColumns.asText(cell));
      }
      out.write(csv ? line(row.values()) : JSON.writeValueAsString(row) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a row of texts and numbers is not JSON: " + row, e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the predictions", e);
    }
  }

  /** {@link Double#toString(double)} would write other digits on other JDKs. */
  private static Object exact(Object cell) {
    if (cell instanceof List<?> each) {
      return each.stream().map(PredictionWriter::exact).toList();
    }
    return cell instanceof Double x && Double.isFinite(x) ? new BigDecimal(Decimal.of(x)) : cell;
  }

  private static String line(Iterable<?> cells) {
    return StreamSupport.stream(cells.spliterator(), false)
            .map(PredictionWriter::quoted)
            .collect(Collectors.joining(","))
        + "\n";
  }

  private static String quoted(Object cell) {
    String text = cell == null ? "" : cell.toString();
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  /**
   * Ends the file, all rows of which are written, and gives it its name.
   *
   * @throws DataException if a file of that name has come up meanwhile
   */
  void finish() {
    try {
      out.close();
      NewName.give(files, temporary, path);
      finished = true;
    } catch (FileAlreadyExistsException e) {
      throw exists(option, path.toString());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot finish writing the predictions", e);
    }
  }

  /** Deletes the file if it was not finished. */
  @Override
  public void close() {
    if (finished) {
      return;
    }
    try {
      try {
        out.close();
      } finally {
        files.delete(temporary, false);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove the unfinished " + temporary, e);
    }
  }
}
