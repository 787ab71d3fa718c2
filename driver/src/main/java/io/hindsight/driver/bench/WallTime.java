package io.hindsight.driver.bench;

/**
 * Wall time of a step.
 *
 * @param median seconds; what a run takes, neighbours included
 * @param fastest seconds; what it takes when no neighbour interferes
 */
public record WallTime(double median, double fastest) {
  static WallTime ofNanos(Samples samples) {
    return new WallTime(samples.median() * 1e-9, samples.least() * 1e-9);
  }
}
