package io.hindsight.driver.report.run;

/**
 * A validation during training.
 *
 * @param step updates made before it
 * @param loss of the validation part
 * @param best whether it was the lowest so far
 */
public record Validation(long step, double loss, boolean best) {}
