package io.hindsight.driver.score;

import java.io.Serializable;

/**
 * What is reached on one sequence.
 *
 * @param id of the sequence
 * @param targets scored
 * @param rmse root of the mean squared error of values; NaN of others
 * @param mae mean absolute error of values; NaN of others
 * @param mase the same in units of the sequence's scale; NaN where it has none, and of others
 * @param accuracy share of right answers; NaN of values
 * @param best simple forecast with the least mean squared error; empty without any
 * @param bestRmse root of that mean squared error; NaN without any
 */
public record SequenceRow(
    String id,
    long targets,
    double rmse,
    double mae,
    double mase,
    double accuracy,
    String best,
    double bestRmse)
    implements Serializable {}
