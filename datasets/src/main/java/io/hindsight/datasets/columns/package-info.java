/**
 * Columns that are read beside the inputs of a table: which there are, and what was read; with the
 * parts of the data, which one may tell.
 */
package io.hindsight.datasets.columns;
