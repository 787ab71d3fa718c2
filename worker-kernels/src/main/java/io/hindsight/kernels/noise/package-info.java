/**
 * Noise in training: what units are multiplied by, in the state of a recurrent layer and in what a
 * layer reads.
 */
package io.hindsight.kernels.noise;
