/** Benchmarks of what the driver does at every step, for {@code worker-kernels/benchmarks/jmh}. */
package io.hindsight.driver.jmh;
