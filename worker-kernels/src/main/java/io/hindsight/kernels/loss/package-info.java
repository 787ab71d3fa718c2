/** Heads: what a network answers from its top layer, and the loss of that. */
package io.hindsight.kernels.loss;
