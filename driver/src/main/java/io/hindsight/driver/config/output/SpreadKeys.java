package io.hindsight.driver.config.output;

import io.hindsight.driver.config.yaml.Range;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.SectionNumbers;
import io.hindsight.driver.config.yaml.Words;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.output.LossOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code quantiles}, {@code distribution} and {@code intervals} of {@code model.output}: how far
 * the targets of a forecast may lie from its one number.
 */
public final class SpreadKeys {
  /** Holds the quantiles that are learned. */
  public static final String QUANTILES = "quantiles";

  /** Holds the distribution whose parameters are learned. */
  public static final String DISTRIBUTION = "distribution";

  private static final String INTERVALS = "intervals";
  private static final double MEDIAN = 0.5;
  private static final List<Double> USUAL_QUANTILES = List.of(0.1, MEDIAN, 0.9);
  private static final List<Double> USUAL_INTERVALS = List.of(0.1, 0.9);

  private SpreadKeys() {}

  /**
   * What is asked for.
   *
   * @param key that asks
   * @param loss of quantiles or of a distribution
   * @param options the quantiles that are answered
   */
  public record Spread(String key, Loss loss, LossOptions options) {}

  /** Reads the keys; absent if one number is all that is asked for. */
  public static Optional<Spread> read(Section output) {
    boolean ofQuantiles = output.has(QUANTILES);
    Optional<Loss> distribution =
        output.oneOf(DISTRIBUTION, distributions()).map(SpreadKeys::distribution);
    if (!output.has(DISTRIBUTION)) {
      String message = "only a distribution is asked for its quantiles";
      output.refuse(INTERVALS, message, "delete the line, or name a distribution");
    } else if (ofQuantiles) {
      String message = "quantiles are learned without a distribution";
      output.problem(DISTRIBUTION, message, "delete one of the two lines");
    }
    if (!ofQuantiles && !output.has(DISTRIBUTION)) {
      return Optional.empty();
    }
    String key = ofQuantiles ? QUANTILES : DISTRIBUTION;
    output.refuseAll(
        List.of("activation", "loss"), "activation and loss follow from " + key, "delete the line");
    return Optional.of(
        ofQuantiles
            ? new Spread(key, Loss.PINBALL, LossOptions.ofQuantiles(quantiles(output)))
            : new Spread(
                key,
                distribution.orElse(Loss.GAUSSIAN),
                LossOptions.ofQuantiles(levels(output, INTERVALS, USUAL_INTERVALS))));
  }

  private static List<Double> quantiles(Section output) {
    List<Double> levels = levels(output, QUANTILES, USUAL_QUANTILES);
    if (!levels.contains(MEDIAN)) {
      String message = "the median 0.5 is not among " + levels + ", but it is the answer itself";
      output.problem(QUANTILES, message, "add it, as in [0.1, 0.5, 0.9]");
      return USUAL_QUANTILES;
    }
    return levels;
  }

  private static List<Double> levels(Section output, String key, List<Double> usual) {
    if (!output.has(key)) {
      return usual;
    }
    List<Double> levels =
        new SectionNumbers(output).numbers(key, Range.INNER_FRACTION, "0.1, 0.5, 0.9");
    for (int i = 1; i < levels.size(); i++) {
      if (levels.get(i) <= levels.get(i - 1)) {
        output.problem(key, levels + " do not ascend", "write the smallest first, each once");
        return usual;
      }
    }
    return levels.isEmpty() ? usual : levels;
  }

  private static List<String> distributions() {
    return Arrays.stream(Loss.values()).filter(Loss::isOfDistribution).map(Words::of).toList();
  }

  private static Loss distribution(String word) {
    return Words.constant(Loss.class, word);
  }

  /** Writes the keys of a network that was asked for them. */
  public static void write(Loss loss, LossOptions options, Map<String, Object> output) {
    if (loss == Loss.PINBALL) {
      output.put(QUANTILES, options.quantiles());
    } else {
      output.put(DISTRIBUTION, Words.of(loss));
      output.put(INTERVALS, options.quantiles());
    }
  }
}
