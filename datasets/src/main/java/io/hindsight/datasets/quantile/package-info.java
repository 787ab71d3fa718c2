/** Quartiles of numbers that are in many places, exact whatever their order. */
package io.hindsight.datasets.quantile;
