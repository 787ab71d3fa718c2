package io.hindsight.driver.predict;

import io.hindsight.datasets.encoded.ForecastBaselines;
import io.hindsight.datasets.spec.Horizon;
import io.hindsight.driver.predict.HoldoutScore.Task;
import io.hindsight.driver.score.Baselines;
import io.hindsight.driver.score.BlockErrors;
import io.hindsight.driver.score.BlockSums;
import io.hindsight.driver.score.Details;
import io.hindsight.kernels.network.OutputSpec.Loss;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Scores of models that a test has made up: only this package can make any. */
public final class HoldoutScores {
  public static final Task FORECAST = new Task(Loss.SQUARED_ERROR, Horizon.of(1), List.of("ppm"));
  public static final Task CLASSES =
      new Task(Loss.SOFTMAX_CROSS_ENTROPY, Horizon.of(0), List.of("label"));

  private HoldoutScores() {}

  /** Of values, with what the last value reaches. */
  public static HoldoutScore ofValues(String weights, Task task, BlockSums blocks, double simple) {
    BlockErrors all = all(blocks);
    SortedMap<String, Double> metrics = new TreeMap<>();
    metrics.put("rmse", Math.sqrt(all.squares() / all.answers()));
    metrics.put("mae", all.magnitudes() / all.answers());
    Baselines baselines =
        new Baselines(
            new TreeMap<>(
                Map.of(
                    "last_value",
                    new ForecastBaselines.Score(
                        simple, simple, Double.NaN, all.targets(), List.of()))),
            new TreeMap<>());
    return score(
        weights,
        task,
        metrics,
        baselines,
        new Details(Map.of(), Map.of(), List.of(), List.of()),
        blocks);
  }

  /** Of values, with what simple forecasts reach. */
  public static HoldoutScore withBaselines(HoldoutScore score, Baselines baselines) {
    return score(
        score.weightsSha256(),
        score.task(),
        new TreeMap<>(score.metrics()),
        baselines,
        score.details(),
        score.blocks());
  }

  /** Of values, with figures target by target or class by class. */
  public static HoldoutScore withDetails(HoldoutScore score, Details details) {
    return score(
        score.weightsSha256(),
        score.task(),
        new TreeMap<>(score.metrics()),
        score.baselines(),
        details,
        score.blocks());
  }

  /** Of classes, with what the most frequent one reaches. */
  public static HoldoutScore ofClasses(String weights, BlockSums blocks, double majority) {
    BlockErrors all = all(blocks);
    SortedMap<String, Double> metrics = new TreeMap<>();
    metrics.put("accuracy", (double) all.right() / all.answers());
    metrics.put("loss", all.loss() / all.targets());
    metrics.put("majority_baseline", majority);
    return score(
        weights,
        CLASSES,
        metrics,
        Baselines.NONE,
        new Details(Map.of(), Map.of(), List.of(), List.of()),
        blocks);
  }

  private static BlockErrors all(BlockSums blocks) {
    BlockErrors all = new BlockErrors();
    blocks.blocks().values().forEach(all::merge);
    return all;
  }

  private static HoldoutScore score(
      String weights,
      Task task,
      SortedMap<String, Double> metrics,
      Baselines baselines,
      Details details,
      BlockSums blocks) {
    return new HoldoutScore("model-" + weights, weights, task, metrics, baselines, details, blocks);
  }
}
