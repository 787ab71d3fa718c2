package io.hindsight.driver.config.output;

import io.hindsight.datasets.Decimal;
import io.hindsight.driver.config.yaml.Range;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.SectionNumbers;
import io.hindsight.kernels.network.OutputSpec.Loss;
import java.math.BigDecimal;
import java.util.List;

/** The levels of quantiles that a key lists, each between 0 and 1, the smallest first. */
final class QuantileLevels {
  private static final double MEDIAN = 0.5;
  private static final List<Double> USUAL_QUANTILES = List.of(0.1, MEDIAN, 0.9);
  private static final List<Double> USUAL_INTERVALS = List.of(0.1, 0.9);

  private final Section output;
  private final String key;

  QuantileLevels(Section output, String key) {
    this.output = output;
    this.key = key;
  }

  /** Of quantiles that are answered beside the median, which must be among them. */
  List<Double> withMedian() {
    List<Double> levels = levels(USUAL_QUANTILES);
    if (!levels.contains(MEDIAN)) {
      String message = "the median 0.5 is not among " + levels + ", but it is the answer itself";
      output.problem(key, message, "add it, as in [0.1, 0.5, 0.9]");
      return USUAL_QUANTILES;
    }
    return levels;
  }

  /** Of the bounds of intervals, where no quantile is learned. */
  List<Double> ofIntervals() {
    return levels(USUAL_INTERVALS);
  }

  private List<Double> levels(List<Double> usual) {
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

  /** Levels that were read, each of which must be a bound of an interval. */
  List<Double> inPairs(List<Double> levels, Loss loss) {
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
      return USUAL_INTERVALS;
    }
    return levels;
  }

  private static boolean hasPartner(BigDecimal level, List<Double> levels) {
    BigDecimal partner = BigDecimal.ONE.subtract(level);
    return levels.stream()
        .anyMatch(other -> new BigDecimal(Decimal.of(other)).compareTo(partner) == 0);
  }

  private static boolean isMiddle(BigDecimal level) {
    return level.add(level).compareTo(BigDecimal.ONE) == 0;
  }
}
