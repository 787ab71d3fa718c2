package io.hindsight.kernels.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResidualRuleTest {
  private static final RecurrentSpec FOUR = RecurrentSpec.plain(new GruCell(), 4);
  private static final LayerSpec ADDS = FOUR.withResidual(true);
  private static final LayerSpec BOTH_ADD =
      new RecurrentSpec(new GruCell(), 2, true, false, true, StateNoise.NONE);

  @Test
  void shouldLetLayersAddAsManyNumbersAsTheyMake() {
    assertEquals("", broken(InputSpec.dense(4), At.LAST_STEP, ADDS, ADDS));
    assertEquals("", broken(InputSpec.tokens(4), At.EVERY_STEP, FOUR, BOTH_ADD));
    assertEquals("", broken(InputSpec.tokens(4), At.LAST_STEP, FOUR, BOTH_ADD, ADDS));
  }

  @Test
  void shouldNameTheLayerAndItsNumbers() {
    String found = broken(InputSpec.dense(3), At.EVERY_STEP, ADDS, FOUR);
    String widths = "layer 0 cannot add the 3 numbers that it reads to the 4 that it makes";
    assertTrue(found.endsWith(widths), found);
    LayerSpec dropout = new DropoutSpec(0.1, false);
    found = broken(InputSpec.dense(3), At.EVERY_STEP, FOUR.withHidden(5), dropout, ADDS);
    assertTrue(found.startsWith("recurrent layer 1 cannot add the 5 numbers"), found);
  }

  @Test
  void shouldRefuseTokensAndStatesOfTheEnd() {
    String found = broken(InputSpec.tokens(4), At.EVERY_STEP, ADDS);
    assertTrue(found.contains("layer 0 reads tokens"), found);
    found = broken(InputSpec.dense(4), At.LAST_STEP, FOUR, BOTH_ADD);
    assertTrue(found.contains("layer 1 answers with the states"), found);
    OutputSpec output = new OutputSpec(1, Loss.SQUARED_ERROR, At.EVERY_STEP);
    assertThrows(
        IllegalArgumentException.class,
        () -> new NetworkSpec(InputSpec.tokens(4), List.of(ADDS), output));
  }

  private static String broken(InputSpec input, At at, LayerSpec... layers) {
    return ResidualRule.broken(input, List.of(layers), at).orElse("");
  }
}
