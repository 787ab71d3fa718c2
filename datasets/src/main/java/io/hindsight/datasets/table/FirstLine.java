package io.hindsight.datasets.table;

import io.hindsight.datasets.files.HadoopFiles;
import io.hindsight.datasets.files.HadoopSettings;
import io.hindsight.datasets.files.TextFiles;
import io.hindsight.datasets.spec.TableLocation;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a single CSV file, which Spark tells from its first line. To find that line Spark
 * runs a job, which takes longer than all else that is done about a small table; here it is read
 * beforehand, and Spark sees a table of one line.
 */
final class FirstLine {
  private static final int LONGEST = 1 << 20; // bytes
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /** Options that mean the same for one line as for the whole file. */
  private static final Set<String> OPTIONS =
      Set.of("header", "sep", "delimiter", "quote", "escape", "nullvalue");

  private FirstLine() {}

  /**
   * The columns as Spark would find them.
   *
   * @param reader with all options; it is not to be used again
   * @return absent where only Spark can tell: of other formats and options, several files, and
   *     those that are compressed, empty or cannot be read
   */
  static Optional<StructType> columns(
      SparkSession session, DataFrameReader reader, TableLocation location) {
    boolean plain =
        location.format().equals("csv")
            && location.options().keySet().stream()
                .allMatch(key -> OPTIONS.contains(key.toLowerCase(Locale.ROOT)));
    return plain
        ? location.path().flatMap(FirstLine::of).map(line -> columns(session, reader, line))
        : Optional.empty();
  }

  /** The header need not be as Spark names the columns, of which two may be alike. */
  private static StructType columns(SparkSession session, DataFrameReader reader, String line) {
    return reader
        .option("enforceSchema", true)
        .csv(session.createDataset(List.of(line), Encoders.STRING()))
        .schema();
  }

  private static Optional<String> of(String path) {
    try {
      Path pattern = new Path(path);
      FileSystem system = HadoopFiles.of(pattern, HadoopSettings.configuration());
      FileStatus[] found = system.globStatus(pattern);
      boolean isOne = found != null && found.length == 1 && found[0].isFile();
      return isOne && isText(found[0].getPath(), system)
          ? in(system, found[0].getPath())
          : Optional.empty();
    } catch (IOException | IllegalArgumentException unreadable) {
      return Optional.empty(); // whoever reads the data says what is wrong with them
    }
  }

  private static boolean isText(Path file, FileSystem system) {
    return TextFiles.isVisible(file)
        && new CompressionCodecFactory(system.getConf()).getCodec(file) == null;
  }

  private static Optional<String> in(FileSystem system, Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(system.open(file))) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      int next = in.read();
      for (int read = 0; next >= 0 && read < LONGEST; read++) {
        if (next != '\n' && next != '\r') {
          line.write(next);
        } else if (!isBlank(line)) {
          return Optional.of(text(line));
        } else {
          line.reset();
        }
        next = in.read();
      }
      return next < 0 && !isBlank(line) ? Optional.of(text(line)) : Optional.empty();
    }
  }

  /** Whether Spark passes a line over. */
  private static boolean isBlank(ByteArrayOutputStream line) {
    return text(line).chars().allMatch(character -> character == ' ');
  }

  /** The mark can only stand before the first line of a file, and Hadoop leaves it out there. */
  private static String text(ByteArrayOutputStream line) {
    String text = line.toString(StandardCharsets.UTF_8);
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }
}
