package io.hindsight.driver.step;

import java.io.Serializable;

/**
 * What results must have in common to be summed.
 *
 * @param runId the run
 * @param step training step, from 0
 * @param weights fingerprint of the weights
 */
public record StepIdentity(long runId, long step, long weights) implements Serializable {}
