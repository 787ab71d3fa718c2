package io.hindsight.driver.config.output;

import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.Words;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.output.LossOptions;
import io.hindsight.kernels.network.output.Margins;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code quantiles}, {@code distribution}, {@code intervals} and {@code conformal} of {@code
 * model.output}: how far the targets of a forecast may lie from its one number.
 */
public final class SpreadKeys {
  /** Holds the quantiles that are learned. */
  public static final String QUANTILES = "quantiles";

  /** Holds the distribution whose parameters are learned. */
  public static final String DISTRIBUTION = "distribution";

  /** Says whether intervals are widened so that they hold what they should. */
  public static final String CONFORMAL = "conformal";

  private static final String INTERVALS = "intervals";

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
    boolean conformal = output.flag(CONFORMAL, false);
    if (!output.has(DISTRIBUTION) && (ofQuantiles || !conformal)) {
      String message = "only a distribution is asked for its quantiles";
      output.refuse(
          INTERVALS,
          message,
          ofQuantiles
              ? "delete the line, or name a distribution"
              : "delete the line, name a distribution, or add conformal: true");
    } else if (ofQuantiles) {
      String message = "quantiles are learned without a distribution";
      output.problem(DISTRIBUTION, message, "delete one of the two lines");
    }
    if (!ofQuantiles && !output.has(DISTRIBUTION) && !conformal) {
      return Optional.empty();
    }
    String key = ofQuantiles ? QUANTILES : output.has(DISTRIBUTION) ? DISTRIBUTION : CONFORMAL;
    output.refuseAll(
        List.of("activation", "loss"), "activation and loss follow from " + key, "delete the line");
    Loss otherwise = output.has(DISTRIBUTION) ? Loss.GAUSSIAN : Loss.SQUARED_ERROR;
    Loss loss = ofQuantiles ? Loss.PINBALL : distribution.orElse(otherwise);
    QuantileLevels asked = new QuantileLevels(output, ofQuantiles ? QUANTILES : INTERVALS);
    List<Double> levels = ofQuantiles ? asked.withMedian() : asked.ofIntervals();
    LossOptions options =
        conformal
            ? LossOptions.ofQuantiles(asked.inPairs(levels, loss)).withMargins(Margins.UNKNOWN)
            : LossOptions.ofQuantiles(levels);
    return Optional.of(new Spread(key, loss, options));
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
      if (loss.isOfDistribution()) {
        output.put(DISTRIBUTION, Words.of(loss));
      }
      output.put(INTERVALS, options.quantiles());
    }
    if (options.margins().isPresent()) {
      output.put(CONFORMAL, true);
    }
  }
}
