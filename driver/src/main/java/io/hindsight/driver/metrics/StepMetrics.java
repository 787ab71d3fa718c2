package io.hindsight.driver.metrics;

/**
 * What one update reports.
 *
 * @param step index of the step, from 0: the updates made before it
 * @param epoch pass over the data, from 0
 * @param loss mean over the step's targets, before the update
 * @param targets targets of the step
 * @param gradNorm global norm of the mean gradient before clipping
 * @param clipScale norm after clipping ÷ before; 1 where nothing was clipped
 * @param learningRate rate of the update
 * @param skipped whether no update was made, as one that is not finite
 * @param times where the step's time went
 */
public record StepMetrics(
    long step,
    long epoch,
    double loss,
    long targets,
    double gradNorm,
    double clipScale,
    double learningRate,
    boolean skipped,
    StepTimes times) {}
