package io.hindsight.driver.config;

import java.util.Optional;

/**
 * Where a run leaves what it makes: the {@code output} section. It never changes the result.
 *
 * @param directory parent of the run directories that are named by the run's name and start time
 * @param examples whether ids, values and classes of some sequences of the data are kept with the
 *     answers to them, to be looked at
 * @param tensorboard whether an event file for TensorBoard is written into the run directory
 * @param mlflow the server that is told of the run; absent for none
 */
public record OutputConfig(
    String directory, boolean examples, boolean tensorboard, Optional<Mlflow> mlflow) {
  /** What is not configured. */
  public static final OutputConfig DEFAULT =
      new OutputConfig("runs", true, false, Optional.empty());

  /**
   * A tracking server of MLflow.
   *
   * @param address where it answers: {@code http} or {@code https}, host, and port or path if any
   * @param experiment that the run belongs to; absent for one with the name of the run
   */
  public record Mlflow(String address, Optional<String> experiment) {}
}
