package io.hindsight.datasets.missing;

import io.hindsight.datasets.columns.MissingRule;
import io.hindsight.datasets.columns.MissingRules;
import io.hindsight.datasets.columns.RowNumbers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * What is read in place of input values that are missing, and which inputs tell that they were.
 * Values are filled after their logarithm is taken, if it is, and before differences are.
 *
 * <p>An indicator is 1 at a step whose row lacks the column's value, or an element of its vector,
 * else 0; with differences, the later of the two rows. It is not scaled. Indicators stand behind
 * all other inputs of the steps.
 *
 * @param numbers one for each number of a step; none if no value may be missing
 * @param indicators the columns that have one, in the order of the inputs
 * @param fitted whether means and indicators are known; else nothing is filled
 */
public record Filling(List<Feature> numbers, List<String> indicators, boolean fitted) {
  /** No value may be missing. */
  public static final Filling NONE = new Filling(List.of(), List.of(), true);

  /**
   * How one number is filled.
   *
   * @param name of the number
   * @param column that it is of, or is an element of
   * @param mean of the values of the training part, or of their logarithms where those are read; 0
   *     if it is not asked for
   */
  public record Feature(String name, String column, MissingRule rule, double mean) {
    /** Whether the mean is read where a value is missing. */
    boolean needsMean() {
      return rule == MissingRule.MEAN || rule == MissingRule.LAST;
    }

    /** What is read by a rule that is not LAST: the mean, unless there is a nearer one. */
    double meanOr(double nearer) {
      return rule == MissingRule.MEAN && !Double.isNaN(nearer) ? nearer : mean;
    }

    Feature with(double other) {
      return new Feature(name, column, rule, other);
    }
  }

  /** What a missing value of a row is filled with. */
  public interface Means {
    /** The mean for a number of a row; NaN if it has none of its own. */
    double of(int row, int position);
  }

  public Filling {
    numbers = List.copyOf(numbers);
    indicators = List.copyOf(indicators);
  }

  /**
   * Not fitted yet.
   *
   * @param names of the numbers of a step; an element of a vector column is {@code column[i]}
   * @param columns of the inputs
   */
  public static Filling unfitted(MissingRules rules, List<String> columns, List<String> names) {
    if (rules.forbid(columns)) {
      return NONE;
    }
    Set<String> plain = new HashSet<>(columns);
    List<Feature> numbers = new ArrayList<>();
    for (String name : names) {
      String column = plain.contains(name) ? name : name.substring(0, name.lastIndexOf('['));
      numbers.add(new Feature(name, column, rules.rule(column), 0));
    }
    return new Filling(numbers, List.of(), false);
  }

  /** The same, not fitted. */
  public Filling unfitted() {
    return isNone()
        ? NONE
        : new Filling(numbers.stream().map(number -> number.with(0)).toList(), List.of(), false);
  }

  /**
   * The same with other means.
   *
   * @param means of each number; absent leaves that of the training part
   */
  public Filling withMeans(IntFunction<Optional<Double>> means) {
    return new Filling(
        IntStream.range(0, numbers.size())
            .mapToObj(
                c -> {
                  Feature number = numbers.get(c);
                  return number.needsMean()
                      ? number.with(means.apply(c).orElse(number.mean()))
                      : number;
                })
            .toList(),
        indicators,
        fitted);
  }

  /** Whether no value may be missing. */
  public boolean isNone() {
    return numbers.isEmpty();
  }

  /** Whether there is something to fill with. */
  public boolean isFitted() {
    return fitted && !isNone();
  }

  /** What is done about the missing values of each column. */
  public MissingRules rules() {
    TreeMap<String, MissingRule> named = new TreeMap<>();
    numbers.stream()
        .filter(number -> number.rule() != MissingRule.ERROR)
        .forEach(number -> named.put(number.column(), number.rule()));
    return MissingRules.of(named);
  }

  /**
   * Fills what is missing.
   *
   * @param values of a sequence, or their logarithms // (N, C), changed
   */
  public void fill(double[] values) {
    fill(values, (row, c) -> Double.NaN);
  }

  /**
   * The same, where each row has a mean of its own.
   *
   * @param means by row and position; NaN leaves that of the training part
   */
  public void fill(double[] values, Means means) {
    int width = numbers.size();
    for (int c = 0; fitted && c < width; c++) {
      Feature number = numbers.get(c);
      double last = number.mean();
      for (int row = 0; row * width < values.length; row++) {
        int i = row * width + c;
        if (Double.isNaN(values[i])) {
          values[i] = number.rule() == MissingRule.LAST ? last : number.meanOr(means.of(row, c));
        }
        last = values[i];
      }
    }
  }

  /** The positions in a row of the numbers of a column. */
  public int[] positions(String column) {
    return IntStream.range(0, numbers.size())
        .filter(c -> numbers.get(c).column().equals(column))
        .toArray();
  }

  /**
   * Whether a row lacks any of some numbers.
   *
   * @param values of a sequence as they were read // (N, C)
   * @param positions of the numbers in a row
   */
  public boolean isMissing(RowNumbers values, int row, int[] positions) {
    for (int c : positions) {
      if (Double.isNaN(values.get(row * numbers.size() + c))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Puts the indicators behind the numbers of rows.
   *
   * @param values of a sequence as they were read // (N, C)
   * @param offset rows before that of the first step
   * @param features // (T, I), changed
   * @param first position of the first indicator
   * @param width I
   */
  public void indicate(RowNumbers values, int offset, double[] features, int first, int width) {
    for (int k = 0; k < indicators.size(); k++) {
      int[] positions = positions(indicators.get(k));
      int at = first + k;
      for (int t = 0; t * width < features.length; t++) {
        features[t * width + at] = isMissing(values, t + offset, positions) ? 1 : 0;
      }
    }
  }
}
