/**
 * Rows of a table on the executors: each is checked, those of a sequence are brought together and
 * put in order of time, and of all faults the same one is told, however the rows were divided.
 */
package io.hindsight.datasets.rows;
