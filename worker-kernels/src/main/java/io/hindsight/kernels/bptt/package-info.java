/**
 * Back-propagation through time over a stack of layers, its check by finite differences, and
 * prediction.
 */
package io.hindsight.kernels.bptt;
