/**
 * Rows of a table with a row per step on their way to the task that puts sequences together: few
 * columns that Spark can shuffle and sort, and the values of a step as bytes.
 */
package io.hindsight.datasets.rows.steps;
