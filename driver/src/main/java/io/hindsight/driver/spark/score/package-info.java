/** Has the tasks of a Spark job score the sequences that they hold. */
package io.hindsight.driver.spark.score;
