package io.hindsight.driver.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.kernels.network.Cell;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a step holds against what its equations need. */
@Tag("vectors")
class WorkspaceTest {
  private static final double LIMIT = 1.1;

  static List<Arguments> layers() {
    List<Arguments> layers = new ArrayList<>();
    for (BenchShape shape : BenchShape.DEFAULTS) {
      for (Cell cell : BenchCells.DEFAULTS) {
        layers.add(Arguments.of(cell, shape));
      }
    }
    return layers;
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("layers")
  void shouldHoldLittleMoreThanTheEquationsNeed(Cell cell, BenchShape shape) {
    LayerBench layer = new LayerBench(cell, shape);
    layer.run(0);
    LayerResult result = layer.result();
    assertTrue(
        result.workspaceRatio() <= LIMIT,
        () ->
            "%d bytes held, %d by the formula"
                .formatted(result.workspaceBytes(), result.workspaceFormulaBytes()));
  }
}
