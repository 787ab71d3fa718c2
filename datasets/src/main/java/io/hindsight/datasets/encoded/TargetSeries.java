package io.hindsight.datasets.encoded;

import io.hindsight.datasets.time.Timeline;

/**
 * The target columns of a sequence as they were read.
 *
 * @param values in original units // (N, O), row-major, not copied; null where they are no numbers
 * @param line when the N rows are
 */
public record TargetSeries(double[] values, Timeline line) {}
