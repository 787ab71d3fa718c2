package io.hindsight.datasets.sums;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ErrorTotalsTest {
  @Test
  void shouldBeTheSameHoweverErrorsAreDivided() {
    Random random = new Random(3);
    List<Double> errors = new ArrayList<>();
    BigDecimal squares = BigDecimal.ZERO;
    BigDecimal magnitudes = BigDecimal.ZERO;
    for (int i = 0; i < 1000; i++) {
      double error = random.nextGaussian() * StrictMath.pow(10, random.nextInt(30) - 15);
      errors.add(error);
      squares = squares.add(new BigDecimal(error * error));
      magnitudes = magnitudes.add(new BigDecimal(Math.abs(error)));
    }
    for (int round = 0; round < 20; round++) {
      Collections.shuffle(errors, random);
      ErrorTotals total = new ErrorTotals(1);
      for (List<Double> part :
          List.of(errors.subList(0, 31 * round), errors.subList(31 * round, 1000))) {
        ErrorTotals some = new ErrorTotals(1);
        part.forEach(error -> some.add(0, error));
        total.merge(some);
      }
      assertEquals(Math.sqrt(nearest(squares) / 1000), total.rmse(1000));
      assertEquals(nearest(magnitudes) / 1000, total.mae(0, 1000));
    }
  }

  private static double nearest(BigDecimal sum) {
    return sum.round(new MathContext(400)).doubleValue();
  }

  @Test
  void shouldPoolTheOutputs() {
    ErrorTotals total = new ErrorTotals(2);
    total.add(0, 3);
    total.add(1, -4);
    assertEquals(Math.sqrt(12.5), total.rmse(2));
    assertEquals(3.5, total.mae(2));
    assertEquals(4, total.rmse(1, 1));
  }

  @Test
  void shouldStayInfiniteOrNoNumber() {
    ErrorTotals total = new ErrorTotals(1);
    total.add(0, 1);
    total.add(0, 1e200);
    assertEquals(Double.POSITIVE_INFINITY, total.rmse(2));
    assertEquals(5e199, total.mae(2));
    total.add(0, Double.NaN);
    assertEquals(Double.NaN, total.rmse(3));
  }
}
