/**
 * Rows of a table on a grid of times: whether they lie on it, and steps put in that are missing.
 */
package io.hindsight.datasets.gaps;
