/**
 * What a network is: cells, layers, named parameter blocks over one flat array, and their initial
 * values.
 */
package io.hindsight.kernels.network;
