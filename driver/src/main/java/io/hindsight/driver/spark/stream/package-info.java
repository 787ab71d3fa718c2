/** Answers to the rows of streams, with a state for each sequence. */
package io.hindsight.driver.spark.stream;
