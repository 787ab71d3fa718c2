/**
 * Rows of a table as a task reads them: each is checked, and its id, time and numbers get a form
 * that Spark can shuffle and sort. Faults are found, not thrown, so that the first of all can be
 * told.
 */
package io.hindsight.datasets.rows;
