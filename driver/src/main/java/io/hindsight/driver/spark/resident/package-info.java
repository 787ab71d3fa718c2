/**
 * The resident engine: one long Spark job whose tasks ask the driver for step after step through
 * Spark's plugin RPC.
 */
package io.hindsight.driver.spark.resident;
