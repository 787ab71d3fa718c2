package io.hindsight.driver.score;

import io.hindsight.datasets.encoded.ForecastBaselines;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.driver.score.kind.ClassProbabilities;
import io.hindsight.driver.score.kind.ClassScores;
import io.hindsight.driver.score.rank.Calibration;
import io.hindsight.driver.score.rank.Threshold;
import io.hindsight.kernels.network.OutputSpec;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What further figures go with that are no single numbers.
 *
 * @param baselines all errors of simple forecasts, by name; empty where nothing is forecast
 * @param positive name of the class of two that curves and threshold are of; absent without one
 * @param calibration of classes, by their probability; empty for others
 * @param sequences what is reached on each, in the order of their ids; empty unless asked for
 */
public record Further(
    SortedMap<String, ForecastBaselines.Score> baselines,
    Optional<String> positive,
    List<Calibration.Bin> calibration,
    List<SequenceRow> sequences) {
  /** None. */
  public static final Further NONE =
      new Further(new TreeMap<>(), Optional.empty(), List.of(), List.of());

  public Further {
    baselines = Collections.unmodifiableSortedMap(new TreeMap<>(baselines));
    calibration = List.copyOf(calibration);
    sequences = List.copyOf(sequences);
  }

  /** The name of the positive class of two; absent unless that is known. */
  public static Optional<String> positive(
      OutputSpec output, Encoding encoding, Optional<Majority> majority) {
    return majority
        .map(answer -> answer.other(output))
        .filter(other -> other.isPresent())
        .map(other -> Details.names(encoding, output.size()).get(other.getAsInt()));
  }

  /** The bins of a score; empty unless targets are classes. */
  public static List<Calibration.Bin> calibration(Scores scores) {
    return probabilities(scores).map(of -> of.calibration().bins()).orElse(List.of());
  }

  /** The threshold that is best on what was scored; absent unless there are two classes. */
  public static Optional<Threshold> bestThreshold(
      OutputSpec output, Scores scores, Optional<Majority> majority) {
    return majority
        .map(answer -> answer.other(output))
        .filter(other -> other.isPresent())
        .flatMap(other -> probabilities(scores).flatMap(of -> of.bestThreshold(other.getAsInt())));
  }

  private static Optional<ClassProbabilities> probabilities(Scores scores) {
    return scores.kind() instanceof ClassScores classes
        ? classes.probabilities()
        : Optional.empty();
  }
}
