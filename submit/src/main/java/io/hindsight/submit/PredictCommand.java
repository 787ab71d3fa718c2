package io.hindsight.submit;

import io.hindsight.datasets.Count;
import io.hindsight.driver.answer.Samples;
import io.hindsight.driver.answer.WrittenRows;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.predict.TablePredictions;
import io.hindsight.submit.options.CommonOptions;
import io.hindsight.submit.options.ModelOption;
import io.hindsight.submit.output.OutputOptions;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code predict}: answers of a model to new data, as a table. */
@Command(
    name = "predict",
    description = "Write a model's answers to new data as a table.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  hindsight predict --model runs/first/model --input new.csv --output next.csv",
      "  hindsight predict --model runs/first/model --input hdfs:///sales --output hdfs:///next"
          + " --format parquet --mode overwrite --keep shop,day,price --partition-by shop",
      "",
      "Without --format the answers are a single file, which this process writes. With it they are"
          + " computed by the executors and written by Spark: the columns that --keep names"
          + " (id and time unless it is given), step (the row of the sequence that is the present, from 0), prediction or one"
          + " prediction_TARGET per target, probability of a class, target_time, model_version"
          + " (the first 12 digits of the weights' SHA-256) and reason.",
      "",
      "A row of a single file holds the sequence, the time of the newest value that was read, the"
          + " columns that --keep names, and the answer: for each target column the value data.horizon steps later; or the class and its"
          + " probability; or the probability of each label. The last row of a sequence answers"
          + " for a time after its last. target_time is the time that is answered for, where the"
          + " steps of the horizon are known in time.",
      "",
      "A sequence that is too short or has no values gets one row: an empty answer, and why in the"
          + " last column, reason, which is empty in all other rows."
    })
final class PredictCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private ModelOption model;

  @Option(
      names = "--input",
      required = true,
      paramLabel = "PATH",
      description =
          "New data in the form of the training data: a path, or the name of a table. It needs the"
              + " target columns only where the model answers changes (data.difference: true), which"
              + " are added to their present values.")
  private String input;

  @Option(
      names = "--beam",
      paramLabel = "N",
      description =
          "Of a model of label strings: search the likeliest string, of all its paths together,"
              + " among the N likeliest beginnings at each step; default: the string of the"
              + " likeliest path.")
  private Integer beam;

  @Option(
      names = "--threshold",
      paramLabel = "auto|P",
      description =
          "Of a model of two classes: answer the one that its training part had less often from"
              + " this probability on, and the other below it; auto: from the one that has the best"
              + " F1 on the validation part. Default: the likelier class.")
  private String threshold;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description =
          "Of a model of a distribution: draw N samples of each answer, 1 to 1000, into a column"
              + " TARGET_samples, with blanks between them in a single .csv, else a list.")
  private Integer samples;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "What samples follow from: equal seeds draw equal samples (default: 0).")
  private Long seed;

  @Mixin private OutputOptions output;
  @Mixin private CommonOptions common;

  @Override
  public void run() {
    output.check();
    if (beam != null && beam < 1) {
      throw new ParameterException(
          spec.commandLine(),
          "--beam must be at least 1, but is " + beam + "; give 8, for example");
    }
    if (samples != null && (samples < 1 || samples > Samples.MOST)) {
      throw new ParameterException(
          spec.commandLine(),
          "--samples must be 1 to %d, but is %d; give 100, for example"
              .formatted(Samples.MOST, samples));
    }
    if (seed != null && samples == null) {
      throw new ParameterException(
          spec.commandLine(), "--seed is of samples; give --samples 100 too, or leave it out");
    }
    ModelBundle loaded =
        ModelBundle.load(model.location(), model.version(), Optional.of(input), common.overrides());
    ModelBundle searching = beam == null ? loaded : loaded.searching(beam);
    ModelBundle choosing = threshold == null ? searching : searching.answeringFrom(threshold);
    ModelBundle bundle =
        samples == null
            ? choosing
            : choosing.drawing(new Samples(samples, seed == null ? 0 : seed));
    WrittenRows written =
        output.table().isPresent()
            ? TablePredictions.run(bundle, output.table().get())
            : TablePredictions.run(bundle, output.file(), output.keep());
    spec.commandLine().getOut().println(summary(written));
  }

  private String summary(WrittenRows written) {
    String rows = Count.of(written.rows(), "row") + " in " + output.name();
    return written.unanswered() == 0
        ? rows
        : rows + ", " + written.unanswered() + " of them without an answer (column reason)";
  }
}
