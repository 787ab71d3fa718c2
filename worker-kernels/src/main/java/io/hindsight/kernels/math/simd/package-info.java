/** The operations on the JDK's Vector API: the only package that imports it. */
package io.hindsight.kernels.math.simd;
