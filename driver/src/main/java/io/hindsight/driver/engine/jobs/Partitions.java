package io.hindsight.driver.engine.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.rdd.RDD;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Partitions as Scala wants them. */
final class Partitions {
  private Partitions() {}

  /** The indices of all partitions. */
  static Seq<Object> all(RDD<?> data) {
    int count = data.partitions().length;
    List<Object> indices = new ArrayList<>(IntStream.range(0, count).boxed().toList());
    return CollectionConverters.asScala(indices).toSeq();
  }
}
