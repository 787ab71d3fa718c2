/**
 * The arithmetic every kernel is built from, with one implementation per instruction set and the
 * same bits from each.
 */
package io.hindsight.kernels.math;
