package io.hindsight.kernels.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackpropagationTest {
  @Test
  void shouldStopAtMultiplesOfTheTruncation() {
    Backpropagation three = Backpropagation.truncated(3);
    int[] stops = IntStream.range(0, 10).filter(three::stopsBefore).toArray();
    assertEquals("[3, 6, 9]", java.util.Arrays.toString(stops));
    assertFalse(IntStream.range(0, 1000).anyMatch(Backpropagation.FULL::stopsBefore));
  }

  @Test
  void shouldRefuseATruncationBelowOneStep() {
    assertThrows(IllegalArgumentException.class, () -> Backpropagation.truncated(0));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.NEGATIVE_INFINITY})
  void shouldRefuseALimitThatIsNotPositive(double limit) {
    assertThrows(IllegalArgumentException.class, () -> new Backpropagation(1, limit));
  }

  @Test
  void shouldLimitOnlyWhereALimitIsGiven() {
    assertFalse(Backpropagation.truncated(2).limitsDelta());
    assertTrue(new Backpropagation(2, Double.MAX_VALUE).limitsDelta());
  }
}
