/**
 * The operations through the Vector API: the only package that knows it, loaded only where its
 * module is present.
 */
package io.hindsight.kernels.math.simd;
