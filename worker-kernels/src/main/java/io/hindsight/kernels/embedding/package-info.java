/** The rows that categories select of tables: what they add to x_t, and their gradients. */
package io.hindsight.kernels.embedding;
