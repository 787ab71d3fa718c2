/** What the scripts in {@code worker-kernels/benchmarks} run of the kernels. */
package io.hindsight.kernels.bench;
