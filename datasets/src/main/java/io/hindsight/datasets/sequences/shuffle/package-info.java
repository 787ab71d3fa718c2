/** Rows that tasks make, brought to where they belong. */
package io.hindsight.datasets.sequences.shuffle;
