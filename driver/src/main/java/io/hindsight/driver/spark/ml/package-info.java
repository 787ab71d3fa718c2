/** Stages of Spark's pipelines that train and answer, and a function for SQL. */
package io.hindsight.driver.spark.ml;
