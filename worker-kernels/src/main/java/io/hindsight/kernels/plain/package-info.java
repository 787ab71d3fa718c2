/**
 * Back-propagation through time in plain loops, one sequence at a time: what to read first, and
 * what the kernels are tested against.
 */
package io.hindsight.kernels.plain;
