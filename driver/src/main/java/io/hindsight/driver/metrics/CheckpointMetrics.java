package io.hindsight.driver.metrics;

/**
 * What one checkpoint reports once it is written.
 *
 * @param step updates made before it
 * @param stallMs wall-clock milliseconds that training stood still: the copy, and the wait for the
 *     save before it where that was still running
 * @param saveMs those that writing took, beside training
 * @param bytes of state that were copied
 */
public record CheckpointMetrics(long step, double stallMs, double saveMs, long bytes) {}
