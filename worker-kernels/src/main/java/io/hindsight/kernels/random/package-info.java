/**
 * Counter-based random numbers: a value is a function of its key, never of the order of the draws.
 */
package io.hindsight.kernels.random;
