package io.hindsight.submit.output;

import io.hindsight.driver.answer.TableOutput;
import io.hindsight.driver.answer.TableOutput.Mode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Where and how answers are written: a single file, or whatever Spark can write. */
public final class OutputOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description =
          "A new file whose name ends in .csv or .jsonl; with --format a folder, or the name of a"
              + " table.")
  private String output;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "Have Spark write: parquet, csv, json, orc, avro, table (of the catalog), jdbc, or any"
              + " other source that it knows.")
  private String format;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      converter = ModeWord.class,
      description = "What becomes of what is at the output: error (default), append or overwrite.")
  private Mode mode;

  @Option(
      names = "--partition-by",
      paramLabel = "COLUMN",
      split = ",",
      description = "Divide the rows by the values of these columns; separate them by commas.")
  private List<String> partitionBy = new ArrayList<>();

  @Option(
      names = "--option",
      paramLabel = "KEY=VALUE",
      description = "An option of Spark's writer, such as compression=zstd; repeatable.")
  private Map<String, String> options = new LinkedHashMap<>();

  @Option(
      names = "--keep",
      paramLabel = "COLUMN",
      split = ",",
      description =
          "The columns of the data that stand beside the answers, of any type; default: id and"
              + " time. They hold what the row of the newest value that was read holds.")
  private List<String> keep;

  /** The words of modes. */
  static final class ModeWord implements ITypeConverter<Mode> {
    @Override
    public Mode convert(String word) {
      return switch (word) {
        case "error" -> Mode.ERROR;
        case "append" -> Mode.APPEND;
        case "overwrite" -> Mode.OVERWRITE;
        default ->
            throw new TypeConversionException(
                "expected error, append or overwrite, but was '" + word + "'");
      };
    }
  }

  /**
   * Checks that the options go together.
   *
   * @throws ParameterException if they do not
   */
  public void check() {
    if (format != null) {
      return;
    }
    if (output == null) {
      throw refusal("--output is missing; name a new .csv or .jsonl file, or give --format too");
    }
    boolean ofSpark = mode != null || !partitionBy.isEmpty() || !options.isEmpty();
    if (ofSpark) {
      throw refusal(
          "--mode, --partition-by and --option are for what Spark writes; give --format too, such"
              + " as --format parquet");
    }
  }

  private ParameterException refusal(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  /** What Spark writes; empty for a single file. */
  public Optional<TableOutput> table() {
    return Optional.ofNullable(format)
        .map(
            chosen ->
                new TableOutput(
                    chosen,
                    Optional.ofNullable(output),
                    mode == null ? Mode.ERROR : mode,
                    partitionBy,
                    options,
                    keep()));
  }

  /** The single file. */
  public String file() {
    return output;
  }

  /** The columns to keep; absent for the default. */
  public Optional<List<String>> keep() {
    return Optional.ofNullable(keep);
  }

  /** The output, for people. */
  public String name() {
    return table().map(TableOutput::name).orElse(output);
  }
}
