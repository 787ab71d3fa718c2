/**
 * Sequences of a table: rows brought together by the executors, in order of time, handed to the
 * driver or kept where they are. Of all faults the same one is told, however rows were divided.
 */
package io.hindsight.datasets.sequences;
