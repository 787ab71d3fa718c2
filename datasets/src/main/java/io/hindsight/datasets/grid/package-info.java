/** Evenly spaced points in time: how far they are apart, and where rows of a table lie on them. */
package io.hindsight.datasets.grid;
