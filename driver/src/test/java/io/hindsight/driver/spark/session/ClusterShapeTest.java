package io.hindsight.driver.spark.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class ClusterShapeTest {
  @Test
  void shouldKnowTheDefaultsOfSparkWithoutIt() {
    SparkConf conf = new SparkConf(false).set("spark.master", "local[2]");

    assertEquals(ClusterShape.setup(conf, true), ClusterShape.local("local[2]"));
  }
}
