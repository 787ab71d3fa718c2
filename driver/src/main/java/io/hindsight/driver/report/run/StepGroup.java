package io.hindsight.driver.report.run;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The means of some neighbouring steps.
 *
 * @param first index of the first of them
 * @param steps how many they are
 * @param loss before the update
 * @param targets of a step
 * @param gradNorm global norm of the gradient before clipping
 * @param clipped share of the steps whose gradient was clipped
 * @param learningRate rate of the update
 * @param times where a step's time went
 */
public record StepGroup(
    long first,
    long steps,
    double loss,
    double targets,
    double gradNorm,
    double clipped,
    double learningRate,
    Times times) {
  /**
   * Where the time of a step went, in milliseconds; all but the first are parts of it.
   *
   * @param step the whole step
   * @param compute forward and backward pass of the mean task
   * @param waiting for the slowest task
   * @param driver packing, unpacking and merging in the driver
   * @param transport everything else until the gradient is there
   * @param update clipping and optimizer
   */
  public record Times(
      double step, double compute, double waiting, double driver, double transport, double update) {
    private Times and(Times other, double share) {
      return new Times(
          mean(step, other.step, share),
          mean(compute, other.compute, share),
          mean(waiting, other.waiting, share),
          mean(driver, other.driver, share),
          mean(transport, other.transport, share),
          mean(update, other.update, share));
    }
  }

  /** One step, as a line of {@code metrics.jsonl} tells it. */
  static StepGroup of(JsonNode line) {
    double slowest = number(line, "compute_ms");
    double waiting = number(line, "waiting_ms");
    return new StepGroup(
        line.get("step").asLong(),
        1,
        number(line, "loss"),
        number(line, "targets"),
        number(line, "grad_norm"),
        number(line, "clip_scale") < 1 ? 1 : 0,
        number(line, "learning_rate"),
        new Times(
            number(line, "step_ms"),
            slowest - waiting,
            waiting,
            number(line, "driver_ms"),
            number(line, "transport_ms"),
            number(line, "update_ms")));
  }

  /** What is not finite is a text there. */
  static double number(JsonNode of, String field) {
    JsonNode value = of.path(field);
    if (value.isTextual()) {
      return Double.parseDouble(value.textValue());
    }
    return value.isNumber() ? value.doubleValue() : Double.NaN;
  }

  /** These steps and others after them. */
  StepGroup and(StepGroup later) {
    double share = (double) later.steps / (steps + later.steps);
    return new StepGroup(
        first,
        steps + later.steps,
        mean(loss, later.loss, share),
        mean(targets, later.targets, share),
        mean(gradNorm, later.gradNorm, share),
        mean(clipped, later.clipped, share),
        mean(learningRate, later.learningRate, share),
        times.and(later.times, share));
  }

  private static double mean(double of, double other, double share) {
    return of * (1 - share) + other * share;
  }
}
