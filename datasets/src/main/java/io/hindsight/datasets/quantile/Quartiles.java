package io.hindsight.datasets.quantile;

/**
 * The quartiles of a column. Between two values they are interpolated: of n values in order, x_0 …
 * x_{n−1}, the k-th of four is at position k (n − 1) / 4.
 *
 * @param lower a quarter of the values is below it
 * @param median half of them is
 * @param upper three quarters are
 */
public record Quartiles(double lower, double median, double upper) {}
