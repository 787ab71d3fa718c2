/**
 * How activations lie in memory: lanes of a block, the panels of a layer, and where panels begin.
 */
package io.hindsight.kernels.panel;
