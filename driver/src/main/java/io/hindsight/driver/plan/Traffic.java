package io.hindsight.driver.plan;

/**
 * What passes through the driver in a step.
 *
 * @param sent weights and states, bytes
 * @param received gradients and states, bytes
 * @param peers whoever is told of the step: tasks of a job, executors with resident tasks
 */
public record Traffic(long sent, long received, int peers) {
  private static final double LN2 = Math.log(2);

  /**
   * Of an engine.
   *
   * @param parameterBytes of the weights
   * @param gradientBytes of a sum of gradients
   * @param carriedBytes of the states of the whole minibatch; 0 if they are not carried
   */
  public static Traffic of(
      EngineOption engine,
      Division division,
      long parameterBytes,
      long gradientBytes,
      long carriedBytes) {
    long whole = parameterBytes + carriedBytes;
    // Executors pass a broadcast on to each other.
    long rounds = (long) Math.ceil(Math.log(division.executors() + 1) / LN2);
    return switch (engine) {
      case LOCAL -> new Traffic(0, 0, division.tasks());
      case RESIDENT ->
          new Traffic(
              division.executors() * whole,
              division.executorSums() * gradientBytes + carriedBytes,
              division.executors());
      case JOBS ->
          new Traffic(
              rounds * whole, division.taskSums() * gradientBytes + carriedBytes, division.tasks());
      case JOBS_SLICED ->
          new Traffic(rounds * whole, gradientBytes + carriedBytes, 2 * division.tasks());
    };
  }

  /** Both ways. */
  public long bytes() {
    return sent + received;
  }
}
