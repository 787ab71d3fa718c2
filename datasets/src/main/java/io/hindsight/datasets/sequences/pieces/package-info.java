/** Sequences as pieces of bounded size: how tasks write them, and how they are put together. */
package io.hindsight.datasets.sequences.pieces;
