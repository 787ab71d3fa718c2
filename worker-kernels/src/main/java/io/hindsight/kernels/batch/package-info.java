/**
 * What goes into and comes out of one training step: sequences, minibatches, carried state,
 * gradient sums.
 */
package io.hindsight.kernels.batch;
