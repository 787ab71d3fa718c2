package io.hindsight.driver.metrics;

/**
 * What one return to an earlier step reports.
 *
 * @param from updates made before it
 * @param to updates made at the step that the run went back to
 * @param rateFactor what the learning rate of the schedule is multiplied by from now on
 * @param reason what was not finite
 */
public record RollbackMetrics(long from, long to, double rateFactor, String reason) {}
