/**
 * What takes part of a table and in which part: what is left out, how targets are encoded and
 * classes told, and where training, validation and test part begin.
 */
package io.hindsight.datasets.split;
