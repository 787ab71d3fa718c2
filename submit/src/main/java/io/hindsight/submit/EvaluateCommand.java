package io.hindsight.submit;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindsight.driver.predict.Evaluation;
import io.hindsight.driver.predict.EvaluationJson;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.report.Reports;
import io.hindsight.submit.options.CommonOptions;
import io.hindsight.submit.options.ModelOption;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code evaluate}: scores a model, beside simple baselines where it forecasts. */
@Command(
    name = "evaluate",
    description =
        "Score a model on the test part of its data, or on other data, beside simple baselines"
            + " where it forecasts.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  hindsight evaluate --model runs/first/model",
      "  hindsight evaluate --model runs/first/model --data newer.csv --json",
      "  hindsight evaluate --model runs/first/model --by-sequence errors.csv --report errors.html",
      "",
      "Reports loss and targets, and what fits the task: rmse and mae in original units, and of"
          + " each target if there are several; accuracy, and for each class precision, recall, f1"
          + " and support; for text perplexity and bits_per_character.",
      "",
      "Further figures follow: relative and scaled errors (mape, smape, wape in percent, mase,"
          + " rmsse, bias); of classes roc_auc and pr_auc of the class that is rarer in training,"
          + " or roc_auc as the mean over more than two, balanced_accuracy, f1_macro, mcc, brier,"
          + " calibration_error, and what the threshold with the best F1 in validation reaches.",
      "",
      "An accuracy is put beside that of always answering the training part's most frequent class"
          + " (majority_baseline). The confusion has a row per true class and a column per answer,"
          + " in the order of by_class. A share of nothing, such as the precision of a class that"
          + " is never answered, is - (null with --json). Of classes that have an order the median"
          + " one is answered, and rank_mae is put beside that of always answering the training"
          + " part's median (median_baseline); quadratic_weighted_kappa is agreement beyond chance.",
      "",
      "A forecast is put beside simple ones on the same targets: the last value, the value of one"
          + " season before (if data.season is set), a linear autoregression fitted to the training"
          + " part, and the drift: the last value and as much more as the sequence changed on"
          + " average. Where the time column holds numbers or dates all are looked up by"
          + " time, and how uneven the spacing is stands below them."
    })
final class EvaluateCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private ModelOption model;

  @Option(
      names = "--data",
      paramLabel = "PATH",
      description =
          "Other data in the form of the training data, a path or the name of a table, scored as a"
              + " whole; default: the test part"
              + " of the data it was trained on, or the validation part if there is no test part.")
  private String data;

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  @Option(
      names = "--by-sequence",
      paramLabel = "FILE",
      description =
          "Also write a table with a row for each sequence: its targets and errors, and the simple"
              + " forecast that is best on it, or the share of right answers; a new file, .csv or"
              + " .jsonl.")
  private String bySequence;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "Also write a page to look at, .html: the figures beside simple answers, errors by steps"
              + " ahead, classes and how often they are taken for each other, and some answers.")
  private String page;

  @Mixin private CommonOptions common;

  @Override
  public void run() {
    ModelBundle bundle =
        ModelBundle.load(
            model.location(), model.version(), Optional.ofNullable(data), common.overrides());
    List<JsonNode> examples = new ArrayList<>(1);
    Evaluation.Report report =
        Evaluation.run(
            bundle,
            Optional.ofNullable(bySequence),
            Optional.ofNullable(page).map(file -> examples::add));
    PrintWriter out = spec.commandLine().getOut();
    Optional<String> parent = bundle.stored().description().parentSha256();
    JsonNode figures = EvaluationJson.of(report, bundle.version(), parent);
    if (page != null) {
      Reports.evaluation(bundle.location(), figures, examples.stream().findFirst(), page);
    }
    out.println(json ? figures.toString() : ReportText.table(report));
  }
}
