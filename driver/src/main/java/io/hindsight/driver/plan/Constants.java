package io.hindsight.driver.plan;

/**
 * What was measured of a run's own network in this process.
 *
 * @param speed the kernels, with as many threads at work as the engine would use
 * @param threads how many that were
 * @param handOffNanos giving threads a step and learning that the slowest is done, ns
 * @param packNanos putting the weights in the kernels' order, ns
 * @param fingerprintNanos of the weights, ns
 * @param mergeNanos adding a gradient to another, ns
 * @param updateNanos mean, clipping and optimizer, ns
 */
public record Constants(
    KernelSpeed speed,
    int threads,
    double handOffNanos,
    double packNanos,
    double fingerprintNanos,
    double mergeNanos,
    double updateNanos) {}
