package io.hindsight.driver.train;

import io.hindsight.driver.config.TrainingConfig.EarlyStoppingConfig;
import java.util.Optional;

/** Follows the validation loss: which was the best, and whether to wait longer for a better one. */
public final class EarlyStopping {
  private final Optional<EarlyStoppingConfig> config;
  private double best = Double.POSITIVE_INFINITY;
  private int withoutImprovement;

  /** Without a configuration it only remembers the best. */
  public EarlyStopping(Optional<EarlyStoppingConfig> config) {
    this.config = config;
  }

  /**
   * Takes note of a validation.
   *
   * @param loss mean validation loss
   * @return whether it is the best so far
   */
  public boolean observe(double loss) {
    double minDelta = config.map(EarlyStoppingConfig::minDelta).orElse(0.0);
    if (loss < best - minDelta) {
      best = loss;
      withoutImprovement = 0;
      return true;
    }
    withoutImprovement++;
    return false;
  }

  /** Whether patience is at its end. */
  public boolean isOver() {
    return config.isPresent() && withoutImprovement >= config.get().patience();
  }

  /** Whether the model of the best validation is the run's result, rather than the last. */
  public boolean keepsBest() {
    return config.isPresent();
  }

  /** The lowest loss seen; infinite before the first. */
  public double best() {
    return best;
  }

  /** Validations since the best one. */
  public int withoutImprovement() {
    return withoutImprovement;
  }

  /** Takes over a saved position. */
  public void restore(double savedBest, int savedWithoutImprovement) {
    best = savedBest;
    withoutImprovement = savedWithoutImprovement;
  }
}
