package io.hindsight.kernels.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.ParameterLayout.Block;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParameterLayoutTest {
  @Test
  void shouldPutTablesLastAndOneThatTheOutputIsTiedToInItsPlace() {
    List<EmbeddingSpec> tables =
        List.of(new EmbeddingSpec(7, 2, false), new EmbeddingSpec(4, 3, true));
    OutputSpec output = new OutputSpec(5, Loss.SOFTMAX_CROSS_ENTROPY, At.EVERY_STEP);
    ParameterLayout dense =
        new ParameterLayout(
            NetworkSpec.plain(InputSpec.dense(1, 2, tables), new GruCell(), List.of(3), output));
    assertEquals(List.of(9, 8), dense.block("rnn.weight_ih_l0").shape());
    assertEquals(dense.outBias().end(), dense.denseSize());
    assertEquals(dense.denseSize(), dense.block("embed.0.weight").offset());
    assertEquals(dense.size(), dense.block("embed.1.weight").end());
    assertEquals(dense.block("embed.1.weight").offset() + 3, dense.rows().offset(8));
    ParameterLayout tied =
        new ParameterLayout(
            NetworkSpec.plain(
                InputSpec.embeddedTokens(5, 3), new GruCell(), List.of(3), output.withTable()));
    assertEquals("embed.0.weight", tied.outWeight().name());
    assertEquals(List.of(tied.outWeight()), tied.tables());
    assertEquals(tied.size(), tied.denseSize());
    assertEquals(0, tied.rows().count());
  }

  @Test
  void shouldRefuseAnOutputThatDoesNotFitItsTable() {
    OutputSpec output = new OutputSpec(5, Loss.SOFTMAX_CROSS_ENTROPY, At.EVERY_STEP).withTable();
    assertRefused("4", InputSpec.embeddedTokens(5, 4), output);
    assertRefused("of 6 rows", InputSpec.embeddedTokens(6, 3), output);
    assertRefused("table of tokens", InputSpec.tokens(5), output);
    assertRefused("table of tokens", InputSpec.dense(3), output);
  }

  private static void assertRefused(String message, InputSpec input, OutputSpec output) {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> NetworkSpec.plain(input, new GruCell(), List.of(3), output));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void shouldNameAndShapeBlocksAsPyTorchDoes() {
    List<String> described =
        layout(new LstmCell(), 3, 5, 4).blocks().stream()
            .map(block -> block.name() + block.shape())
            .toList();
    assertEquals(
        List.of(
            "rnn.weight_ih_l0[20, 3]",
            "rnn.weight_hh_l0[20, 5]",
            "rnn.bias_ih_l0[20]",
            "rnn.bias_hh_l0[20]",
            "rnn.weight_ih_l1[16, 5]",
            "rnn.weight_hh_l1[16, 4]",
            "rnn.bias_ih_l1[16]",
            "rnn.bias_hh_l1[16]",
            "out.weight[2, 4]",
            "out.bias[2]"),
        described);
  }

  @Test
  void shouldPutTheDirectionFromTheEndBesideTheOther() {
    RecurrentSpec two = new RecurrentSpec(new GruCell(), 2, true, false, false, StateNoise.NONE);
    OutputSpec output = new OutputSpec(2, Loss.SQUARED_ERROR, At.EVERY_STEP);
    List<LayerSpec> layers = List.of(two, RecurrentSpec.plain(new LstmCell(), 1), two);
    ParameterLayout layout =
        new ParameterLayout(new NetworkSpec(InputSpec.dense(3), layers, output));
    List<String> described =
        layout.blocks().stream().map(block -> block.name() + block.shape()).toList();
    assertEquals(
        List.of(
            "rnn.weight_ih_l0[6, 3]",
            "rnn.weight_hh_l0[6, 2]",
            "rnn.bias_ih_l0[6]",
            "rnn.bias_hh_l0[6]",
            "rnn.weight_ih_l0_reverse[6, 3]",
            "rnn.weight_hh_l0_reverse[6, 2]",
            "rnn.bias_ih_l0_reverse[6]",
            "rnn.bias_hh_l0_reverse[6]",
            "rnn.weight_ih_l1[4, 4]",
            "rnn.weight_hh_l1[4, 1]",
            "rnn.bias_ih_l1[4]",
            "rnn.bias_hh_l1[4]",
            "rnn.weight_ih_l2[6, 1]",
            "rnn.weight_hh_l2[6, 2]",
            "rnn.bias_ih_l2[6]",
            "rnn.bias_hh_l2[6]",
            "rnn.weight_ih_l2_reverse[6, 1]",
            "rnn.weight_hh_l2_reverse[6, 2]",
            "rnn.bias_ih_l2_reverse[6]",
            "rnn.bias_hh_l2_reverse[6]",
            "out.weight[2, 4]",
            "out.bias[2]"),
        described);
    assertEquals(
        List.of(two, two, layers.get(1), two, two),
        layout.layers().stream().map(ParameterLayout.LayerBlocks::spec).toList());
  }

  @Test
  void shouldHaveOneThreeOrFourGates() {
    assertEquals(
        1 * 5, layout(new RnnCell(Activation.RELU), 3, 5).layers().get(0).weightIh().rows());
    assertEquals(3 * 5, layout(new GruCell(), 3, 5).layers().get(0).weightIh().rows());
    assertEquals(4 * 5, layout(new LstmCell(), 3, 5).layers().get(0).weightIh().rows());
  }

  @Test
  void shouldCoverTheArrayWithoutGapsOrOverlap() {
    ParameterLayout layout = layout(new GruCell(), 3, 5, 4, 6);
    int end = 0;
    for (Block block : layout.blocks()) {
      assertEquals(end, block.offset(), block.name());
      end = block.end();
    }
    assertEquals(layout.size(), end);
  }

  @Test
  void shouldFindTheBlockOfAnIndexAndOfAName() {
    ParameterLayout layout = layout(new GruCell(), 3, 5, 4);
    for (Block block : layout.blocks()) {
      assertEquals(block, layout.blockAt(block.offset()));
      assertEquals(block, layout.blockAt(block.end() - 1));
      assertEquals(block, layout.block(block.name()));
    }
    assertThrows(IndexOutOfBoundsException.class, () -> layout.blockAt(-1));
    assertThrows(IndexOutOfBoundsException.class, () -> layout.blockAt(layout.size()));
  }

  @Test
  void shouldPutTheNormalisationsAfterTheBiases() {
    assertEquals(
        "bias_ih_l0 ln_ih_l0.weight ln_ih_l0.bias ln_hh_l0.weight ln_hh_l0.bias ",
        namesOfVectors(new RnnCell(Activation.TANH)));
    assertEquals(
        "bias_ih_l0 ln_ih_l0.weight ln_ih_l0.bias ln_hh_l0.weight ln_hh_l0.bias"
            + " ln_c_l0.weight ln_c_l0.bias ",
        namesOfVectors(new LstmCell()));
    assertEquals(
        "ln_ih_l0.weight ln_ih_l0.bias ln_hh_l0.weight ln_hh_l0.bias ",
        namesOfVectors(new GruCell()));
  }

  /** Of a normalised layer, without the output's. */
  private static String namesOfVectors(Cell cell) {
    NetworkSpec spec =
        new NetworkSpec(
            InputSpec.dense(3),
            List.of(new RecurrentSpec(cell, 5, false, true, false, StateNoise.NONE)),
            new OutputSpec(2, OutputSpec.Loss.SQUARED_ERROR, OutputSpec.At.LAST_STEP));
    StringBuilder names = new StringBuilder();
    for (ParameterLayout.Block block : new ParameterLayout(spec).blocks()) {
      if (block.vector() && !block.name().startsWith("out")) {
        int rows = block.name().contains("ln_c") ? 5 : 5 * cell.gates();
        assertEquals(List.of(rows), block.shape(), block.name());
        names.append(block.name().substring("rnn.".length())).append(' ');
      }
    }
    return names.toString();
  }

  @Test
  void shouldNameTheBlocksThereAreWhenAskedForAnother() {
    ParameterLayout layout = layout(new GruCell(), 3, 5);
    Exception e = assertThrows(IllegalArgumentException.class, () -> layout.block("out.wight"));
    assertTrue(e.getMessage().contains("out.wight"), e.getMessage());
    assertTrue(e.getMessage().contains("rnn.weight_hh_l0"), e.getMessage());
  }

  @Test
  void shouldRefuseNetworksThatDoNotFitOneArray() {
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> layout(new LstmCell(), 100_000, 100_000));
    assertTrue(e.getMessage().contains("rnn.weight_ih_l0"), e.getMessage());
  }

  @Test
  void shouldRefuseEmptySizes() {
    assertThrows(IllegalArgumentException.class, () -> layout(new LstmCell(), 0, 4));
    assertThrows(IllegalArgumentException.class, () -> layout(new LstmCell(), 3, 0));
    assertThrows(IllegalArgumentException.class, () -> layout(new LstmCell(), 3));
  }

  private static ParameterLayout layout(Cell cell, int inputs, Integer... hidden) {
    return new ParameterLayout(
        NetworkSpec.plain(
            InputSpec.dense(inputs),
            cell,
            List.of(hidden),
            new OutputSpec(2, Loss.SQUARED_ERROR, At.EVERY_STEP)));
  }
}
