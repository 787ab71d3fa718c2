/** Starts Spark with what the engines need, checks its settings, and tells what cluster it is. */
package io.hindsight.driver.spark.session;
