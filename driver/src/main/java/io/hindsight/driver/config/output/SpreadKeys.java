package io.hindsight.driver.config.output;

import io.hindsight.datasets.Decimal;
import io.hindsight.driver.config.yaml.Range;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.SectionNumbers;
import io.hindsight.driver.config.yaml.Words;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.output.LossOptions;
import io.hindsight.kernels.network.output.Margins;
import java.math.BigDecimal;
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
    List<Double> levels =
        ofQuantiles ? quantiles(output) : levels(output, INTERVALS, USUAL_INTERVALS);
    LossOptions options = LossOptions.ofQuantiles(levels);
    if (conformal) {
      boolean paired = arePaired(output, loss, levels);
      LossOptions sound = paired ? options : LossOptions.ofQuantiles(USUAL_INTERVALS);
      options = sound.withMargins(Margins.UNKNOWN);
    }
    return Optional.of(new Spread(key, loss, options));
  }

  /** Whether each quantile is a bound of an interval; it is a problem if one is not. */
  private static boolean arePaired(Section output, Loss loss, List<Double> levels) {
    String key = loss == Loss.PINBALL ? QUANTILES : INTERVALS;
    boolean alone = loss == Loss.SQUARED_ERROR; // whose middle is the number itself
    List<String> single =
        levels.stream()
            .map(Decimal::of)
            .map(BigDecimal::new)
            .filter(level -> !hasPartner(level, levels) || alone && isMiddle(level))
            .map(BigDecimal::toPlainString)
            .toList();
    if (!single.isEmpty() || levels.size() < 2) {
      String message =
          "conformal moves the bounds of intervals, but %s of %s bounds none"
              .formatted(single.isEmpty() ? "each" : String.join(", ", single), levels);
      output.problem(key, message, "write levels in pairs, as in [0.1, 0.9]");
      return false;
    }
    return true;
  }

  private static boolean hasPartner(BigDecimal level, List<Double> levels) {
    BigDecimal partner = BigDecimal.ONE.subtract(level);
    return levels.stream()
        .anyMatch(other -> new BigDecimal(Decimal.of(other)).compareTo(partner) == 0);
  }

  private static boolean isMiddle(BigDecimal level) {
    return level.add(level).compareTo(BigDecimal.ONE) == 0;
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
