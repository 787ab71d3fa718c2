package io.hindsight.kernels.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ParametersTest {
  private static final ParameterLayout LAYOUT =
      new ParameterLayout(
          NetworkSpec.plain(
              InputSpec.tokens(4),
              new GruCell(),
              List.of(3),
              new OutputSpec(4, Loss.SOFTMAX_CROSS_ENTROPY, At.EVERY_STEP)));

  @Test
  void shouldWrapTheArrayAndCopyOnRequest() {
    double[] values = new double[LAYOUT.size()];
    Parameters parameters = new Parameters(LAYOUT, values);
    Parameters copy = parameters.copy();
    values[3] = 7;
    assertEquals(7, parameters.values()[3]);
    assertEquals(0, copy.values()[3]);
    assertNotEquals(parameters, copy);
  }

  @Test
  void shouldRefuseAnArrayOfAnotherLength() {
    assertThrows(IllegalArgumentException.class, () -> new Parameters(LAYOUT, new double[5]));
  }

  @Test
  void shouldTellEverySingleBitByTheFingerprint() {
    for (int length : new int[] {1, 2, 3, 4, 7, 8, 13}) {
      Set<Long> seen = new HashSet<>();
      seen.add(Parameters.fingerprint(new double[length]));
      for (int i = 0; i < length; i++) {
        for (int bit = 0; bit < 64; bit++) {
          double[] values = new double[length];
          values[i] = Double.longBitsToDouble(1L << bit);
          seen.add(Parameters.fingerprint(values));
        }
      }
      assertEquals(1 + 64 * length, seen.size());
    }
  }

  @Test
  void shouldTellSwappedValuesByTheFingerprint() {
    double[] values = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    Set<Long> seen = new HashSet<>();
    seen.add(Parameters.fingerprint(values));
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < i; j++) {
        double[] swapped = values.clone();
        swapped[i] = values[j];
        swapped[j] = values[i];
        seen.add(Parameters.fingerprint(swapped));
      }
    }
    assertEquals(1 + 36, seen.size());
  }
}
