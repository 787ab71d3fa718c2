package io.hindsight.driver.metrics;

import io.hindsight.driver.diagnose.Diagnosis;

/**
 * What was seen of the network as a step was made.
 *
 * @param step index of the step, from 0
 * @param elapsedMs wall-clock milliseconds that it took beside those of the step
 * @param diagnosis of the weights before the step, and of its update
 */
public record DiagnosisMetrics(long step, double elapsedMs, Diagnosis diagnosis) {}
