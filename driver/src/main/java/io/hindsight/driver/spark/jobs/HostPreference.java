package io.hindsight.driver.spark.jobs;

import org.apache.spark.Partition;
import scala.collection.Seq;

/**
 * Data that say where they are to be computed, with the type that a list has in Scala 2.12: a class
 * that implements it beside Spark's own method overrides that one with either Scala.
 */
interface HostPreference {
  /** Names of hosts; none is no preference. */
  Seq<String> getPreferredLocations(Partition partition);
}
