/** Sums without rounding, which therefore come out the same in any order and from any parts. */
package io.hindsight.datasets.sums;
