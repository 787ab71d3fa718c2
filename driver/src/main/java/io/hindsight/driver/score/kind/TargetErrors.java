package io.hindsight.driver.score.kind;

/**
 * The errors of one target column, in its original units.
 *
 * @param rmse root of the mean squared error
 * @param mae mean absolute error
 */
public record TargetErrors(double rmse, double mae) {}
