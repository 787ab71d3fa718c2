/**
 * Fits an encoding to the training part of a table, wherever its sequences are, and encodes them.
 */
package io.hindsight.datasets.fit;
