/** Answers computed by the executors' tasks, and written by Spark. */
package io.hindsight.driver.spark.predict;
