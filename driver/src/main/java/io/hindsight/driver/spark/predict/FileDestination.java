package io.hindsight.driver.spark.predict;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.files.FileNames;
import io.hindsight.datasets.files.HadoopFiles;
import io.hindsight.datasets.files.HadoopSettings;
import io.hindsight.driver.answer.TableOutput;
import io.hindsight.driver.answer.TableOutput.Mode;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.spark.session.Sessions;
import io.hindsight.driver.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Row;

/**
 * A folder of files.
 *
 * <p>Where a folder is renamed in one step, on local disks and HDFS, the rows are written beside
 * the output, and named when they are complete; only rows that are added to a folder, and those
 * that replace single partitions, appear in it as Spark commits them: file by file, after the last
 * task. Anywhere else Spark writes them at the output, and {@code _SUCCESS} last of all.
 */
final class FileDestination implements Destination {
  /** Spark's formats of files; other sources have rules of their own. */
  static final Set<String> FORMATS = Set.of("avro", "csv", "json", "orc", "parquet", "xml");

  private static final String OVERWRITE = "partitionOverwriteMode";

  private final TableOutput output;
  private final Path path;
  private final Optional<StagedFolder> staged;
  private final WrittenParts parts;

  private FileDestination(
      TableOutput output, Path path, Optional<StagedFolder> staged, WrittenParts parts) {
    this.output = output;
    this.path = path;
    this.staged = staged;
    this.parts = parts;
  }

  /** The destination, if the folder may be written. */
  static FileDestination open(TableOutput output, Sessions sessions) {
    String location =
        output
            .location()
            .orElseThrow(
                () ->
                    ConfigException.of(
                        "--format " + output.format(),
                        "files need a folder; name a new one with --output"));
    try {
      FileNames.requireWritable(location);
      Path given = new Path(location);
      FileSystem files = HadoopFiles.of(given, HadoopSettings.configuration());
      return open(output, sessions, files, files.makeQualified(given));
    } catch (IllegalArgumentException | IOException e) {
      throw WriteErrors.unusable(output, e);
    }
  }

  private static FileDestination open(
      TableOutput output, Sessions sessions, FileSystem files, Path path) throws IOException {
    boolean renames = renames(path);
    if (renames) {
      StagedFolder.recover(files, path);
    }
    boolean exists = files.exists(path);
    if (exists && output.mode() == Mode.ERROR) {
      throw Destination.exists(path.toString());
    }
    boolean adds = exists && (output.mode() == Mode.APPEND || replacesPartitions(output, sessions));
    if (adds && files.getFileStatus(path).isFile()) {
      throw new DataException(
          "rows are added to a folder", "a file", path.toString(), "name a folder with --output");
    }
    return renames && !adds
        ? staged(output, files, path)
        : new FileDestination(
            output, path, Optional.empty(), WrittenParts.after(files, path, exists));
  }

  private static FileDestination staged(TableOutput output, FileSystem files, Path path)
      throws IOException {
    StagedFolder folder = StagedFolder.begin(files, path);
    WrittenParts parts = WrittenParts.after(files, folder.path(), true);
    return new FileDestination(output, path, Optional.of(folder), parts);
  }

  private static boolean renames(Path path) {
    String scheme = path.toUri().getScheme();
    return scheme.equals("file") || Storage.RENAMING.contains(scheme);
  }

  /** Whether Spark is to replace the partitions that have new rows, and keep the others. */
  private static boolean replacesPartitions(TableOutput output, Sessions sessions) {
    String mode =
        output
            .option(OVERWRITE)
            .orElseGet(
                () -> sessions.session().conf().get("spark.sql.sources." + OVERWRITE, "static"));
    return !output.partitionBy().isEmpty() && mode.equalsIgnoreCase("dynamic");
  }

  @Override
  public void write(DataFrameWriter<Row> writer) {
    if (staged.isPresent()) {
      writer.mode(Destination.word(Mode.APPEND)).save(staged.get().path().toString());
    } else {
      writer.mode(Destination.word(output.mode())).save(path.toString());
    }
  }

  @Override
  public void finish(Set<Integer> partitions) {
    try {
      parts.require(partitions);
      if (staged.isPresent()) {
        staged.get().publish(output.mode() == Mode.OVERWRITE);
      }
    } catch (FileAlreadyExistsException meanwhile) {
      throw Destination.exists(path.toString());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot finish writing " + path, e);
    }
  }

  @Override
  public void close() {
    staged.ifPresent(StagedFolder::close);
  }
}
