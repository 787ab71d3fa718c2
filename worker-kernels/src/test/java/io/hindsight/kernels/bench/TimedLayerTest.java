package io.hindsight.kernels.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimedLayerTest {
  private static final int INPUTS = 3;
  private static final int HIDDEN = 5;
  private static final int LANES = 9;
  private static final int STEPS = 4;

  @ParameterizedTest
  @ValueSource(strings = {"rnn", "lstm", "gru"})
  void shouldScoreEveryLaneOnce(String cell) {
    TimedLayer layer = layer(cell);
    layer.step();
    assertEquals(LANES, layer.gradients().targets());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rnn", "lstm", "gru"})
  void shouldSendGradientsToEveryWeight(String cell) {
    TimedLayer layer = layer(cell);
    layer.step();
    double[] gradient = layer.gradients().gradient();
    assertTrue(Arrays.stream(gradient).allMatch(g -> g != 0), () -> Arrays.toString(gradient));
  }

  @Test
  void shouldDoTheSameWorkAtEveryStep() {
    TimedLayer layer = layer("lstm");
    layer.step();
    double[] first = layer.gradients().gradient().clone();
    layer.step();
    assertArrayEquals(first, layer.gradients().gradient());
  }

  @Test
  void shouldNameTheCellsThereAre() {
    Exception e = assertThrows(IllegalArgumentException.class, () -> layer("elman"));
    assertEquals("cell must be rnn, lstm or gru, but is 'elman'", e.getMessage());
  }

  private static TimedLayer layer(String cell) {
    return new TimedLayer(cell, INPUTS, HIDDEN, LANES, STEPS);
  }
}
