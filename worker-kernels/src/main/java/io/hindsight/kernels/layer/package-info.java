/**
 * The layers of a network: what each reads, what it makes for the one above, and how it sums the
 * gradients of its weights.
 */
package io.hindsight.kernels.layer;
