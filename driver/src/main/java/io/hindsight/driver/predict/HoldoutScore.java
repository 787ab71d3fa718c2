package io.hindsight.driver.predict;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.datasets.DataException;
import io.hindsight.datasets.columns.Part;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.spec.Horizon;
import io.hindsight.driver.config.GateConfig.Metric;
import io.hindsight.driver.model.Json;
import io.hindsight.driver.score.Baselines;
import io.hindsight.driver.score.BlockRule;
import io.hindsight.driver.score.BlockSums;
import io.hindsight.driver.score.Details;
import io.hindsight.kernels.network.OutputSpec;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a stored model reaches on data that it was not trained on, block by block, so that it can be
 * compared with another on the same targets. It exists only by scoring: no figure of an earlier run
 * can stand for one.
 */
public final class HoldoutScore {
  /**
   * What was forecast or told.
   *
   * @param kind the loss, by which values, classes and labels differ
   * @param horizon how far ahead
   * @param targets columns
   */
  public record Task(OutputSpec.Loss kind, Horizon horizon, List<String> targets) {
    static Task of(OutputSpec output, Encoding encoding) {
      if (encoding instanceof Encoding.Table table) {
        Horizon horizon = table.horizon();
        Horizon asked =
            new Horizon(horizon.steps(), horizon.strategy()); // whatever paths answer it
        return new Task(output.loss(), asked, table.targets());
      }
      return encoding instanceof Encoding.Generated task
          ? new Task(output.loss(), Horizon.of(task.horizon()), List.of(task.name()))
          : new Task(output.loss(), Horizon.of(1), List.of());
    }
  }

  private final String model;
  private final String weightsSha256;
  private final Task task;
  private final SortedMap<String, Double> metrics;
  private final Baselines baselines;
  private final Details details;
  private final BlockSums blocks;
  private final long targets;

  HoldoutScore(
      String model,
      String weightsSha256,
      Task task,
      SortedMap<String, Double> metrics,
      Baselines baselines,
      Details details,
      BlockSums blocks) {
    this.model = model;
    this.weightsSha256 = weightsSha256;
    this.task = task;
    this.metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    this.baselines = baselines;
    this.details = details;
    this.blocks = blocks;
    targets = blocks.blocks().values().stream().mapToLong(block -> block.targets()).sum();
  }

  /**
   * Scores a model on the test part of its data; if it has other data, on all of that.
   *
   * @throws DataException if there is no test part, or the data cannot be read or encoded
   */
  public static HoldoutScore of(ModelBundle model) {
    Evaluation.Judged judged =
        Evaluation.judge(model, rule -> rule.inBlocks(BlockRule.of(model.encoding())));
    if (judged.part() != Part.TEST) {
      throw new DataException(
          "models are compared on the test part of the data",
          "none",
          "data.split",
          "give a share with data.split.test, or the time from which on it begins");
    }
    Evaluation.Report report = ModelFacts.of(model).report(judged);
    return new HoldoutScore(
        model.version().orElse(model.location()),
        model.stored().weightsSha256(),
        Task.of(model.network().output(), model.encoding()),
        report.metrics(),
        judged.baselines(),
        report.details(),
        judged.scores().blocks().orElseThrow());
  }

  /** The version, or else the directory, of the model. */
  public String model() {
    return model;
  }

  /** Hash of its weights. */
  public String weightsSha256() {
    return weightsSha256;
  }

  /** What was forecast or told. */
  public Task task() {
    return task;
  }

  /** A metric over all targets; not a number if the task has it not. */
  public double metric(Metric metric) {
    return metrics.getOrDefault(metric.name().toLowerCase(Locale.ROOT), Double.NaN);
  }

  /** Every metric that {@code evaluate} reports, by name. */
  public SortedMap<String, Double> metrics() {
    return metrics;
  }

  /** What simple forecasts reach on the same targets. */
  public Baselines baselines() {
    return baselines;
  }

  /** The figures target by target, or class by class. */
  public Details details() {
    return details;
  }

  /** The errors block by block. */
  public BlockSums blocks() {
    return blocks;
  }

  /** Scored targets. */
  public long targets() {
    return targets;
  }

  /** The figures for {@code blessing.json}. */
  public ObjectNode toJson() {
    ObjectNode json = Json.object().put("model", model).put("weights_sha256", weightsSha256);
    json.put("targets", targets);
    ObjectNode figures = json.putObject("metrics");
    metrics.forEach((name, value) -> Json.put(figures, name, value));
    ObjectNode simple = json.putObject("baselines");
    baselines.rmse().forEach((name, value) -> Json.put(simple, name, value));
    return json;
  }
}
