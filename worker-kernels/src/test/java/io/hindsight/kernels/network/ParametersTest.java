package io.hindsight.kernels.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.parallel.RangeLoop;
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

  @Test
  void shouldHaveOneFingerprintHoweverRangesAreShared() {
    for (int chunks : new int[] {1, 2, 5}) {
      for (int more : new int[] {-1, 0, 1, 4099}) {
        Parameters parameters = flat(chunks * RangeLoop.CHUNK + more);
        assertEquals(
            parameters.fingerprint(),
            parameters.fingerprint(ParametersTest::byChunksFromTheLast),
            parameters.values().length + " weights");
      }
    }
  }

  @Test
  void shouldTellBitsAndPlacesOfManyWeightsByTheFingerprint() {
    int chunk = RangeLoop.CHUNK;
    double[] values = flat(3 * chunk + 5).values();
    Set<Long> seen = new HashSet<>(Set.of(of(values)));
    int[] places = {0, chunk - 1, chunk, 2 * chunk + 7, 3 * chunk, 3 * chunk + 4};
    for (int place : places) {
      double[] other = values.clone();
      other[place] = Math.nextUp(other[place]);
      seen.add(of(other));
      other[place] = values[(place + chunk) % values.length];
      other[(place + chunk) % values.length] = values[place];
      seen.add(of(other));
    }
    double[] swapped = values.clone(); // whole chunks
    System.arraycopy(values, 0, swapped, chunk, chunk);
    System.arraycopy(values, chunk, swapped, 0, chunk);
    seen.add(of(swapped));
    assertEquals(2 + 2 * places.length, seen.size());
  }

  private static long of(double[] values) {
    Parameters parameters = flat(values.length);
    System.arraycopy(values, 0, parameters.values(), 0, values.length);
    return parameters.fingerprint();
  }

  /** Of so many weights: all but five are those of inputs. */
  private static Parameters flat(int weights) {
    int inputs = weights - 5;
    NetworkSpec spec =
        NetworkSpec.plain(
            InputSpec.dense(inputs),
            new RnnCell(Activation.TANH),
            List.of(1),
            new OutputSpec(1, Loss.SQUARED_ERROR, At.EVERY_STEP));
    Parameters parameters = new Parameters(new ParameterLayout(spec));
    assertEquals(weights, parameters.values().length);
    for (int i = 0; i < weights; i++) {
      parameters.values()[i] = Math.sin(i);
    }
    return parameters;
  }

  private static void byChunksFromTheLast(int length, RangeLoop.Body body) {
    for (int from = (length - 1) / RangeLoop.CHUNK * RangeLoop.CHUNK; from >= 0; ) {
      body.run(from, Math.min(length, from + RangeLoop.CHUNK));
      from -= RangeLoop.CHUNK;
    }
  }
}
