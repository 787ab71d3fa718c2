/** Columns that are read beside the inputs of a table: which there are, and what was read. */
package io.hindsight.datasets.columns;
