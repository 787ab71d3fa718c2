package io.hindsight.driver.score.example;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * How errors e of the nearest step ahead are distributed, and how they follow each other within
 * sequences: r(k) = mean of (e(t) − m)(e(t+k) − m) over the pairs that are there, over the mean of
 * (e − m)², where m is the mean of all.
 */
final class ErrorShape {
  private static final int HALF = 12; // bins on each side of 0
  private static final int PER_RMSE = 4; // bins
  private static final int LAGS = 24;
  private static final int FEWEST_PAIRS = 30;

  private final List<ValueLook> looks;
  private final int columns;
  private long count;
  private double mean;
  private double meanSquare;
  private double variance;

  ErrorShape(List<ValueLook> looks, int columns) {
    this.looks = looks;
    this.columns = columns;
  }

  void put(ObjectNode node) {
    count = all().count();
    mean = sum(all()) / count;
    meanSquare = sum(all().map(error -> error * error)) / count;
    variance = sum(all().map(error -> (error - mean) * (error - mean))) / count;
    double rmse = StrictMath.sqrt(meanSquare);
    node.put("targets", count);
    Numbers.put(node, "mean", mean);
    Numbers.put(node, "rmse", rmse);
    if (rmse > 0 && Double.isFinite(rmse)) {
      putHistogram(node, rmse / PER_RMSE);
    }
    putCorrelation(node.putArray("autocorrelation"));
  }

  private DoubleStream all() {
    return looks.stream()
        .flatMapToDouble(look -> Arrays.stream(look.errors()))
        .filter(error -> !Double.isNaN(error));
  }

  /** In the order of the numbers, for {@link DoubleStream#sum} promises none. */
  private static double sum(DoubleStream numbers) {
    return Arrays.stream(numbers.toArray()).sequential().reduce(0, Double::sum);
  }

  private void putHistogram(ObjectNode node, double width) {
    long[] counts = new long[2 * HALF];
    long[] outside = new long[2];
    all()
        .forEach(
            error -> {
              double bin = Math.floor(error / width) + HALF;
              if (bin < 0 || bin >= counts.length) {
                outside[bin < 0 ? 0 : 1]++;
              } else {
                counts[(int) bin]++;
              }
            });
    node.put("from", -HALF * width).put("width", width).put("below", outside[0]);
    ArrayNode array = node.putArray("counts");
    Arrays.stream(counts).forEach(array::add);
    node.put("above", outside[1]);
  }

  private void putCorrelation(ArrayNode array) {
    for (int lag = 1; lag <= LAGS; lag++) {
      long pairs = 0;
      double products = 0;
      for (ValueLook look : looks) {
        double[] e = look.errors();
        for (int i = 0; i + lag * columns < e.length; i++) {
          double product = (e[i] - mean) * (e[i + lag * columns] - mean);
          if (!Double.isNaN(product)) {
            products += product;
            pairs++;
          }
        }
      }
      double value = products / pairs / variance;
      if (pairs >= FEWEST_PAIRS && Double.isFinite(value)) {
        array.addObject().put("lag", lag).put("pairs", pairs).put("value", value);
      }
    }
  }
}
