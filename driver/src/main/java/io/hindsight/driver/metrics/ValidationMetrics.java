package io.hindsight.driver.metrics;

/**
 * What one validation reports.
 *
 * @param step updates made before it
 * @param epoch pass over the data, from 0
 * @param loss mean over the validation part's targets
 * @param targets their number
 * @param elapsedMs wall-clock milliseconds it took
 * @param best whether the loss is the lowest so far
 */
public record ValidationMetrics(
    long step, long epoch, double loss, long targets, double elapsedMs, boolean best) {}
