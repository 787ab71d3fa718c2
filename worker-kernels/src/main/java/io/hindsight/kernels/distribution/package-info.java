/**
 * Distributions that a network answers: their means and quantiles, with the same bits everywhere.
 */
package io.hindsight.kernels.distribution;
