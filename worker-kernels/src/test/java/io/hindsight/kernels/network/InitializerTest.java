package io.hindsight.kernels.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.ParameterLayout.Block;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InitializerTest {
  private static final double AS_DRAWN = Double.NaN;

  @Test
  void shouldDrawEverythingWithinOneOverRootH() {
    ParameterLayout layout = lstm(20, 40, 90);
    Parameters parameters = Initializer.initialize(layout, InitialKind.UNIFORM, AS_DRAWN, 1);
    for (Block block : layout.blocks()) {
      double bound = 1 / Math.sqrt(block.name().contains("_l0") ? 40 : 90);
      assertUniform(parameters, block, bound);
    }
  }

  @Test
  void shouldDrawGlorotsRangePerGateAndZeroBiases() {
    ParameterLayout layout = lstm(20, 40, 90);
    Parameters parameters = Initializer.initialize(layout, InitialKind.GLOROT, AS_DRAWN, 1);
    assertUniform(parameters, layout.block("rnn.weight_ih_l0"), Math.sqrt(6.0 / (20 + 40)));
    assertUniform(parameters, layout.block("rnn.weight_hh_l0"), Math.sqrt(6.0 / (40 + 40)));
    assertUniform(parameters, layout.block("rnn.weight_ih_l1"), Math.sqrt(6.0 / (40 + 90)));
    assertUniform(parameters, layout.block("rnn.weight_hh_l1"), Math.sqrt(6.0 / (90 + 90)));
    assertUniform(parameters, layout.block("out.weight"), Math.sqrt(6.0 / (90 + 7)));
    assertBiasesAreZero(parameters);
  }

  @Test
  void shouldMakeEveryGatesRecurrentMatrixOrthogonal() {
    for (int units : new int[] {1, 2, 9, 90}) {
      ParameterLayout layout = layout(new GruCell(), 3, units);
      Parameters parameters = Initializer.initialize(layout, InitialKind.ORTHOGONAL, AS_DRAWN, 5);
      for (int gate = 0; gate < 3; gate++) {
        assertOrthogonal(parameters, layout.block("rnn.weight_hh_l0"), gate, units);
      }
      assertBiasesAreZero(parameters);
    }
  }

  /** Trace of a uniformly distributed orthogonal matrix: mean 0, variance 1. */
  @Test
  void shouldDrawOrthogonalMatricesWithoutPreferredDirection() {
    ParameterLayout layout = layout(new RnnCell(Activation.TANH), 1, 4);
    int draws = 2000;
    double sum = 0;
    double squares = 0;
    for (int seed = 0; seed < draws; seed++) {
      Parameters p = Initializer.initialize(layout, InitialKind.ORTHOGONAL, AS_DRAWN, seed);
      int from = layout.block("rnn.weight_hh_l0").offset();
      double trace = 0;
      for (int i = 0; i < 4; i++) {
        trace += p.values()[from + 5 * i];
      }
      sum += trace;
      squares += trace * trace;
    }
    assertEquals(0, sum / draws, 4 / Math.sqrt(draws));
    assertEquals(1, squares / draws, 0.15);
  }

  @Test
  void shouldLeaveInputAndOutputMatricesOfOrthogonalAsGlorot() {
    ParameterLayout layout = lstm(20, 40);
    Parameters glorot = Initializer.initialize(layout, InitialKind.GLOROT, AS_DRAWN, 3);
    Parameters orthogonal = Initializer.initialize(layout, InitialKind.ORTHOGONAL, AS_DRAWN, 3);
    for (String name : List.of("rnn.weight_ih_l0", "out.weight")) {
      Block block = layout.block(name);
      assertEquals(0, Arrays.compare(slice(glorot, block), slice(orthogonal, block)), name);
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldMakeTheSumOfTheForgetBiasesTheGivenValue(InitialKind kind) {
    ParameterLayout layout = lstm(3, 5, 4);
    Parameters drawn = Initializer.initialize(layout, kind, AS_DRAWN, 9);
    Parameters set = Initializer.initialize(layout, kind, 1.5, 9);
    for (int layer = 0; layer < 2; layer++) {
      int units = layout.spec().hidden().get(layer);
      int ih = layout.layers().get(layer).biasIh().orElseThrow().offset();
      int hh = layout.layers().get(layer).biasHh().orElseThrow().offset();
      for (int row = 0; row < 4 * units; row++) {
        boolean forget = row / units == 1;
        assertEquals(forget ? 1.5 : drawn.values()[ih + row], set.values()[ih + row]);
        assertEquals(forget ? 0 : drawn.values()[hh + row], set.values()[hh + row]);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldBeginNormalisationsWithGainOneAndBiasZero(InitialKind kind) {
    RecurrentSpec lstm = new RecurrentSpec(new LstmCell(), 5, false, true, false, StateNoise.NONE);
    OutputSpec output = new OutputSpec(7, Loss.SQUARED_ERROR, At.EVERY_STEP);
    ParameterLayout layout =
        new ParameterLayout(new NetworkSpec(InputSpec.dense(3), List.of(lstm), output));
    Parameters parameters = Initializer.initialize(layout, kind, 1.5, 9);
    for (Block block : layout.blocks()) {
      if (block.name().contains(".ln_")) {
        double[] expected = new double[block.size()];
        Arrays.fill(expected, block.name().endsWith("weight") ? 1 : 0);
        assertEquals(0, Arrays.compare(expected, slice(parameters, block)), block.name());
      }
    }
    double[] biases = slice(parameters, layout.block("rnn.bias_ih_l0"));
    for (int row = 5; row < 10; row++) {
      assertEquals(1.5, biases[row]);
    }
  }

  @Test
  void shouldIgnoreTheForgetBiasWhereThereIsNoForgetGate() {
    ParameterLayout layout = layout(new GruCell(), 2, 6);
    assertEquals(
        Initializer.initialize(layout, InitialKind.UNIFORM, AS_DRAWN, 1),
        Initializer.initialize(layout, InitialKind.UNIFORM, 1, 1));
  }

  @Test
  void shouldRefuseAnInfiniteForgetBias() {
    ParameterLayout layout = lstm(2, 6);
    assertThrows(
        IllegalArgumentException.class,
        () -> Initializer.initialize(layout, InitialKind.UNIFORM, Double.POSITIVE_INFINITY, 1));
  }

  @ParameterizedTest
  @EnumSource
  void shouldDrawBothDirectionsOfALayerAlikeButNotTheSame(InitialKind kind) {
    RecurrentSpec two = new RecurrentSpec(new LstmCell(), 9, true, false, false, StateNoise.NONE);
    OutputSpec output = new OutputSpec(7, Loss.SQUARED_ERROR, At.EVERY_STEP);
    ParameterLayout layout =
        new ParameterLayout(new NetworkSpec(InputSpec.dense(3), List.of(two, two), output));
    Parameters drawn = Initializer.initialize(layout, kind, 1.5, 9);
    for (int layer = 0; layer < 2; layer++) {
      for (String matrix : List.of("rnn.weight_ih_l", "rnn.weight_hh_l")) {
        double[] forward = slice(drawn, layout.block(matrix + layer));
        double[] backward = slice(drawn, layout.block(matrix + layer + "_reverse"));
        assertNotEquals(0, Arrays.compare(forward, backward));
        assertNotEquals(0, Arrays.stream(backward).map(Math::abs).max().orElseThrow());
      }
      double[] bias = slice(drawn, layout.block("rnn.bias_ih_l" + layer + "_reverse"));
      assertTrue(Arrays.stream(bias, 9, 18).allMatch(value -> value == 1.5));
      if (kind == InitialKind.ORTHOGONAL) {
        assertOrthogonal(drawn, layout.block("rnn.weight_hh_l" + layer + "_reverse"), 3, 9);
      }
    }
  }

  /** The same block of a network with other sizes elsewhere holds the same numbers, scaled. */
  @Test
  void shouldDrawEachBlockIndependentlyOfTheOthers() {
    ParameterLayout narrow = lstm(2, 6);
    ParameterLayout wide = lstm(11, 6);
    Parameters a = Initializer.initialize(narrow, InitialKind.UNIFORM, AS_DRAWN, 4);
    Parameters b = Initializer.initialize(wide, InitialKind.UNIFORM, AS_DRAWN, 4);
    for (String name : List.of("rnn.weight_hh_l0", "rnn.bias_ih_l0", "out.weight")) {
      assertEquals(
          0, Arrays.compare(slice(a, narrow.block(name)), slice(b, wide.block(name))), name);
    }
    double[] ih = slice(a, narrow.block("rnn.bias_ih_l0"));
    double[] hh = slice(a, narrow.block("rnn.bias_hh_l0"));
    assertNotEquals(0, Arrays.compare(ih, hh));
  }

  @Test
  void shouldDependOnTheSeed() {
    ParameterLayout layout = lstm(2, 6);
    assertNotEquals(
        Initializer.initialize(layout, InitialKind.UNIFORM, AS_DRAWN, 1),
        Initializer.initialize(layout, InitialKind.UNIFORM, AS_DRAWN, 2));
  }

  @Test
  void shouldGiveTheSameBitsEverywhere() {
    ParameterLayout layout = lstm(5, 16, 12);
    assertEquals("439901f132056a0d", hash(layout, InitialKind.UNIFORM));
    assertEquals("31438742d0bed205", hash(layout, InitialKind.GLOROT));
    assertEquals("7f5c8039dddb7ff1", hash(layout, InitialKind.ORTHOGONAL));
  }

  private static String hash(ParameterLayout layout, InitialKind kind) {
    double[] values = Initializer.initialize(layout, kind, 1, 42).values();
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Double.BYTES);
    bytes.asDoubleBuffer().put(values);
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.array());
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static void assertUniform(Parameters parameters, Block block, double bound) {
    double[] drawn = slice(parameters, block);
    double sum = 0;
    double squares = 0;
    for (double value : drawn) {
      assertTrue(Math.abs(value) <= bound, () -> block.name() + " holds " + value);
      sum += value;
      squares += value * value;
    }
    int n = drawn.length;
    double deviation = bound / Math.sqrt(3);
    assertEquals(0, sum / n, 4 * deviation / Math.sqrt(n), block.name() + " mean");
    assertEquals(1, squares / n / (deviation * deviation), 4 / Math.sqrt(n), block.name());
  }

  private static void assertBiasesAreZero(Parameters parameters) {
    for (Block block : parameters.layout().blocks()) {
      if (block.vector()) {
        assertTrue(Arrays.stream(slice(parameters, block)).allMatch(v -> v == 0), block.name());
      }
    }
  }

  private static void assertOrthogonal(Parameters p, Block block, int gate, int units) {
    int from = block.offset() + gate * units * units;
    for (int a = 0; a < units; a++) {
      for (int b = 0; b < units; b++) {
        double dot = 0;
        for (int i = 0; i < units; i++) {
          dot += p.values()[from + a * units + i] * p.values()[from + b * units + i];
        }
        assertEquals(a == b ? 1 : 0, dot, 1e-12, "rows " + a + " and " + b + " of gate " + gate);
      }
    }
  }

  private static double[] slice(Parameters parameters, Block block) {
    return Arrays.copyOfRange(parameters.values(), block.offset(), block.end());
  }

  private static ParameterLayout lstm(int inputs, Integer... hidden) {
    return layout(new LstmCell(), inputs, hidden);
  }

  private static ParameterLayout layout(Cell cell, int inputs, Integer... hidden) {
    return new ParameterLayout(
        NetworkSpec.plain(
            InputSpec.dense(inputs),
            cell,
            List.of(hidden),
            new OutputSpec(7, Loss.SQUARED_ERROR, At.EVERY_STEP)));
  }
}
