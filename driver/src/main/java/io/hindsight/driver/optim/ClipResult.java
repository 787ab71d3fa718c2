package io.hindsight.driver.optim;

/**
 * What clipping found and did.
 *
 * @param norm global norm of the gradient before clipping
 * @param scale norm after ÷ norm before: the factor of clipping by norm; 1 where nothing was
 *     clipped
 */
public record ClipResult(double norm, double scale) {}
