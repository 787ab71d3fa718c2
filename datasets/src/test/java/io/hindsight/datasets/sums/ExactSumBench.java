package io.hindsight.datasets.sums;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * CPU time per number of exact sums, beside plain loops that round as they go: the sum against a
 * sum, mean and deviation against the usual two passes. All take turns on one array.
 *
 * <p>A program, not a test. It takes how many numbers, 1e6 without.
 */
final class ExactSumBench {
  private static final int WARM_UP = 20;
  private static final int ROUNDS = 101;
  private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

  private double sink;

  /** Prints a table for each kind of numbers. */
  public static void main(String[] arguments) {
    int count = arguments.length == 0 ? 1_000_000 : Integer.parseInt(arguments[0]);
    System.out.printf(
        "%,d numbers, Java %s; ns each, and times the plain sum%n",
        count, System.getProperty("java.version"));
    numbers(count).forEach((kind, numbers) -> new ExactSumBench().measure(kind, numbers));
  }

  private static Map<String, double[]> numbers(int count) {
    Map<String, double[]> numbers = new LinkedHashMap<>();
    Random random = new Random(1);
    numbers.put("normal", DoubleStream.generate(random::nextGaussian).limit(count).toArray());
    numbers.put("of one size", new Random(2).doubles(count, 300, 400).toArray());
    numbers.put(
        "half of them 0", new Random(3).doubles(count, -1, 1).map(x -> x < 0 ? 0 : x).toArray());
    numbers.put(
        "1e300 to subnormal", Exact.shuffled(Exact.mixed(count, new Random(4)), new Random(5)));
    return numbers;
  }

  private void measure(String kind, double[] numbers) {
    Map<String, ToDoubleFunction<double[]>> ways = ways();
    Map<String, long[]> times = new LinkedHashMap<>();
    ways.keySet().forEach(way -> times.put(way, new long[ROUNDS]));
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      for (String way : ways.keySet()) {
        long start = CLOCK.getCurrentThreadCpuTime();
        sink += ways.get(way).applyAsDouble(numbers);
        times.get(way)[Math.max(round, 0)] = CLOCK.getCurrentThreadCpuTime() - start;
      }
    }
    print(kind, times, numbers.length);
  }

  private void print(String kind, Map<String, long[]> times, int count) {
    System.out.println(kind + (Double.isNaN(sink) ? " " : ""));
    times.values().forEach(Arrays::sort);
    double plain = times.get("plain sum")[ROUNDS / 2];
    times.forEach(
        (way, nanos) ->
            System.out.printf(
                Locale.ROOT,
                "  %-28s%8.3f%8.2f%n",
                way,
                (double) nanos[ROUNDS / 2] / count,
                nanos[ROUNDS / 2] / plain));
  }

  private static Map<String, ToDoubleFunction<double[]>> ways() {
    Map<String, ToDoubleFunction<double[]>> ways = new LinkedHashMap<>();
    ways.put("plain sum", ExactSumBench::plainSum);
    ways.put("large exact sum", ExactSumBench::largeSum);
    ways.put("small exact sum", ExactSumBench::smallSum);
    ways.put("plain mean and deviation", ExactSumBench::plainDeviation);
    ways.put("large exact moments", ExactSumBench::largeDeviation);
    ways.put("small exact moments", ExactSumBench::smallDeviation);
    return ways;
  }

  private static double plainSum(double[] numbers) {
    double sum = 0;
    for (double x : numbers) {
      sum += x;
    }
    return sum;
  }

  private static double largeSum(double[] numbers) {
    LargeSum sum = new LargeSum();
    sum.add(numbers, 0, 1);
    return sum.sum().value();
  }

  private static double smallSum(double[] numbers) {
    ExactSum sum = new ExactSum();
    for (double x : numbers) {
      sum.add(x);
    }
    return sum.value();
  }

  private static double plainDeviation(double[] numbers) {
    double mean = plainSum(numbers) / numbers.length;
    double squares = 0;
    for (double x : numbers) {
      squares += (x - mean) * (x - mean);
    }
    return Math.sqrt(squares / numbers.length);
  }

  private static double largeDeviation(double[] numbers) {
    LargeMoments moments = new LargeMoments();
    moments.add(numbers, 0, 1, numbers.length);
    return moments.moments().deviation();
  }

  private static double smallDeviation(double[] numbers) {
    Moments moments = new Moments();
    for (double x : numbers) {
      moments.add(x);
    }
    return moments.deviation();
  }
}
