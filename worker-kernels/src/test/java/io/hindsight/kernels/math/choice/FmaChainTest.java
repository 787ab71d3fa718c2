package io.hindsight.kernels.math.choice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.kernels.math.FmaChain;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FmaChainTest {
  static List<FmaChain> chains() {
    return List.of(new ScalarFmaChain(), FmaChains.widest());
  }

  /** x ← 1/2·3 + x from j is j + 3n/2 after n rounds, exactly. */
  @ParameterizedTest
  @MethodSource("chains")
  void shouldRunEveryRoundOfEveryLane(FmaChain chain) {
    for (int rounds : new int[] {0, 1, 7, 30}) {
      double expected = 0;
      for (int j = 0; j < FmaChain.CHAINS; j++) {
        expected += j + 1.5 * rounds;
      }
      assertEquals(chain.lanes() * expected, chain.run(rounds, 0.5, 3), 0);
    }
  }

  @ParameterizedTest
  @MethodSource("chains")
  void shouldCountTwoOperationsPerLane(FmaChain chain) {
    assertEquals(24L * chain.lanes(), chain.flopsPerRound());
  }

  @Test
  void shouldUseVectorsWhereTheirModuleIsPresent() {
    boolean present = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    FmaChain widest = FmaChains.widest();
    assertEquals(present, !widest.name().equals("scalar"), widest.name());
    assertTrue(present ? widest.lanes() > 1 : widest.lanes() == 1, widest.name());
  }
}
