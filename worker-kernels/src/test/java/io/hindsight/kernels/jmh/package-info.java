/** Benchmarks of operations and kernels, for {@code worker-kernels/benchmarks/jmh}. */
package io.hindsight.kernels.jmh;
