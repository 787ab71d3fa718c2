/**
 * The operations in the JDK's Vector API, to the bit those of the reference; the only package that
 * names an incubator type, and none in a public signature.
 */
package io.hindsight.kernels.math.simd;
