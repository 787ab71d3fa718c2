package io.hindsight.driver.bench;

import java.util.List;

/**
 * What a benchmark came to.
 *
 * @param implementation the kernels that ran, by {@code VectorOps.name}
 * @param machine where
 * @param peakGflops measured peak of one core, GFLOP/s
 * @param peakKind the registers it was measured with, such as {@code 8 lanes}
 * @param results one per shape and cell
 * @param scaling one per shape and cell, if several threads were asked for
 */
public record BenchReport(
    String implementation,
    BenchMachine machine,
    double peakGflops,
    String peakKind,
    List<LayerResult> results,
    List<ThreadScaling> scaling) {}
