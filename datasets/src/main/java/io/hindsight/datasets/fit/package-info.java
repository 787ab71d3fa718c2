/**
 * Fits the encoding of a table to its training part and encodes its sequences, where they are: with
 * the driver, or in the tasks that hold them.
 */
package io.hindsight.datasets.fit;
