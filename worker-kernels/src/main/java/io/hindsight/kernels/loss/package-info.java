/** Output heads: a linear map from the hidden state, and the loss computed from its logits. */
package io.hindsight.kernels.loss;
