package io.hindsight.driver.cluster;

import java.util.stream.LongStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** The smallest application that needs executors: sums squares on them and prints the sum. */
public final class SumOfSquares {
  private SumOfSquares() {}

  /** Sums the squares of 1 to the number given, over eight tasks. */
  public static void main(String[] args) {
    long last = Long.parseLong(args[0]);
    try (JavaSparkContext context =
        new JavaSparkContext(new SparkConf().setAppName("sum of squares"))) {
      long sum =
          context
              .parallelize(LongStream.rangeClosed(1, last).boxed().toList(), 8)
              .map(n -> n * n)
              .reduce(Long::sum);
      System.out.println("master " + context.master() + " sum " + sum);
    }
  }
}
