/** When the rows of a table are: points in time, steps between them, and rows that are missing. */
package io.hindsight.datasets.time;
