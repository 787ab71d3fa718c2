package io.hindsight.datasets.sums;

/**
 * The errors of forecasts so many steps ahead, or of all, in original units.
 *
 * @param rmse root of the mean squared error
 * @param mae mean absolute error
 * @param mase mean absolute error in units of each sequence's scale; NaN where none has one
 * @param count numbers that were forecast
 */
public record HorizonErrors(double rmse, double mae, double mase, long count) {}
