/**
 * What categories and tokens select: rows of tables for x_t, columns of weights, their gradients.
 */
package io.hindsight.kernels.embedding;
