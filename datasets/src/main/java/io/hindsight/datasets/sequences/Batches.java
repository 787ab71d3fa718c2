package io.hindsight.datasets.sequences;

import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;

/** Brings partitions to the driver, some at a time, as all that one job returns is held twice. */
final class Batches {
  private static final int MOST_AT_A_TIME = 16; // partitions, to bound what is under way
  private static final long HEAP_FOR_ONE = 256L << 20; // bytes of the driver's

  private Batches() {}

  /** Hands the elements of each partition over, one partition after the other. */
  static void forEach(JavaRDD<byte[]> elements, Consumer<Iterator<byte[]>> partition) {
    int partitions = elements.getNumPartitions();
    int cores = elements.context().defaultParallelism();
    long fitting = Runtime.getRuntime().maxMemory() / HEAP_FOR_ONE;
    int atATime = (int) Math.max(1, Math.min(Math.min(MOST_AT_A_TIME, cores), fitting));
    for (int from = 0; from < partitions; from += atATime) {
      int to = Math.min(partitions, from + atATime);
      for (List<byte[]> some : elements.collectPartitions(IntStream.range(from, to).toArray())) {
        partition.accept(some.iterator());
      }
    }
  }
}
