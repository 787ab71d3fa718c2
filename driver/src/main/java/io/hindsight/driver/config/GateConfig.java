package io.hindsight.driver.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a retraining must pass before its model is published: the {@code gate} section. It never
 * changes the weights.
 *
 * @param data of the data, before training
 * @param model of the trained model
 */
public record GateConfig(Data data, Model model) {
  /**
   * Limits of the data.
   *
   * @param leastRatio rows of the window per row of the median of the last runs must be more
   * @param mostRatio and less than this
   * @param freshness how long before the end of the window the newest row may be; absent is not
   *     checked
   * @param nullRate share of a column's values that may be unusable: missing, far outside the range
   *     of the champion's data, or more at the column's least or largest value than there
   * @param drift most Jensen–Shannon divergence, in bits, of a column from the champion's data
   * @param labelShift most that the share of a class may differ from the champion's data
   * @param lostSequences share of the champion's sequences, by rows, that may be gone, where
   *     sequences come again from window to window
   * @param minRows fewest rows
   */
  public record Data(
      double leastRatio,
      double mostRatio,
      Optional<Duration> freshness,
      double nullRate,
      double drift,
      double labelShift,
      double lostSequences,
      long minRows) {
    /** Of each key that is not given. */
    public static final Data DEFAULT = new Data(0.5, 2, Optional.empty(), 0.05, 0.2, 0.2, 0.1, 1);
  }

  /**
   * Limits of the model, on the test part of the window.
   *
   * @param metric what is compared; absent is the root mean squared error of values, the loss of
   *     text, the accuracy of other classes and labels
   * @param atMost largest error or loss; absent is not checked
   * @param atLeast least accuracy; absent is not checked
   * @param beats what it must be better than; absent is each of last value, seasonal naive and
   *     majority that the task has
   * @param championMargin 0: not worse than the champion beyond noise; more: better by this share,
   *     and surely better
   * @param championDecay most times that the champion's error may be what it was on the holdout
   *     that the champion was blessed on
   * @param negligible what it may surely be worse than the champion by, as a share: two trainings
   *     on the same data differ by as much
   * @param tolerance most that it may be worse than the champion, noise or not, as a share
   * @param confidence of the bounds that tell noise
   * @param golden other data that candidate and champion are compared on, too: its path or URI
   * @param slices most that a target, class or sequence may be worse than the champion's, as a
   *     share; absent is not checked
   */
  public record Model(
      Optional<Metric> metric,
      Optional<Double> atMost,
      Optional<Double> atLeast,
      Optional<List<Baseline>> beats,
      double championMargin,
      double championDecay,
      double negligible,
      double tolerance,
      double confidence,
      Optional<String> golden,
      Optional<Double> slices) {
    /** Of {@link #championMargin}. */
    public static final double DEFAULT_MARGIN = 0;

    /** Of {@link #championDecay}. */
    public static final double DEFAULT_DECAY = 4;

    /** Of {@link #negligible}. */
    public static final double DEFAULT_NEGLIGIBLE = 0.01;

    /** Of {@link #tolerance}. */
    public static final double DEFAULT_TOLERANCE = 0.05;

    /** Of {@link #confidence}. */
    public static final double DEFAULT_CONFIDENCE = 0.99;

    public Model {
      beats = beats.map(List::copyOf);
    }
  }

  /** What of a model is compared. */
  public enum Metric {
    /** Root mean squared error in original units. */
    RMSE,
    /** Mean absolute error in original units. */
    MAE,
    /** Mean absolute error in units of the changes of each sequence's training part. */
    MASE,
    /** Mean cross-entropy in nats. */
    LOSS,
    /** Share of right answers. */
    ACCURACY;

    /** Whether less is better. */
    public boolean isError() {
      return this != ACCURACY;
    }
  }

  /** Answers that need no network. */
  public enum Baseline {
    /** The present value again. */
    LAST_VALUE,
    /** The value one season before the target. */
    SEASONAL_NAIVE,
    /** A linear function of the newest values. */
    AUTOREGRESSION,
    /** The most frequent class of the training part. */
    MAJORITY
  }
}
