package io.hindsight.driver.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.score.BlockSums.Key;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Errors by block, whatever their order and however they are divided. */
class BlockSumsTest {
  private static final BlockRule RULE = new BlockRule(3, 1, List.of());

  private record Target(String sequence, int step, double error, double actual) {
    void addTo(BlockSums sums) {
      sums.addValues(
          sequence, step, new double[] {error}, new double[] {actual}, new double[] {Double.NaN});
    }
  }

  private static List<Target> targets(int sequences, int steps) {
    Random random = new Random(6);
    List<Target> targets = new ArrayList<>();
    for (int s = 0; s < sequences; s++) {
      for (int t = 0; t < steps; t++) {
        targets.add(new Target("s" + s, t, random.nextGaussian(), random.nextDouble()));
      }
    }
    return targets;
  }

  private static BlockSums sums(List<Target> targets) {
    BlockSums sums = new BlockSums(RULE);
    targets.forEach(target -> target.addTo(sums));
    return sums;
  }

  private static Map<Key, List<Object>> figures(BlockSums sums) {
    Map<Key, List<Object>> figures = new TreeMap<>(sums.blocks().comparator());
    sums.blocks()
        .forEach((key, b) -> figures.put(key, List.of(b.targets(), b.squares(), b.magnitudes())));
    return figures;
  }

  @Test
  void shouldCutSequencesIntoRowsOfTheHorizon() {
    BlockSums sums = sums(targets(2, 7));

    // Rows 1 to 7 in blocks of 0–2, 3–5, 6–8.
    assertEquals(
        List.of(2L, 3L, 2L, 2L, 3L, 2L),
        sums.blocks().values().stream().map(BlockErrors::targets).toList());
    assertEquals(3, sums.rows());
    BlockErrors first = sums.blocks().get(new Key("s0", 0));
    List<Target> targets = targets(2, 7);
    double e0 = targets.get(0).error();
    double e1 = targets.get(1).error();
    assertEquals(e0 * e0 + e1 * e1, first.squares(), 1e-15);
    assertEquals(Math.abs(e0) + Math.abs(e1), first.magnitudes(), 1e-15);
  }

  @Test
  void shouldHaveTheSameBlocksInAnyOrderAndFromAnyParts() {
    for (int[] shape : new int[][] {{3, 50}, {2, 20_000}, {900, 30}, {6_000, 2}}) {
      List<Target> targets = targets(shape[0], shape[1]);
      BlockSums whole = sums(targets);
      Collections.shuffle(targets, new Random(2));
      BlockSums merged = new BlockSums(RULE);
      int part = targets.size() / 4 + 1;
      for (int from = 0; from < targets.size(); from += part) {
        merged.merge(sums(targets.subList(from, Math.min(from + part, targets.size()))));
      }

      assertEquals(figures(whole), figures(merged), shape[0] + " sequences");
      assertTrue(whole.blocks().size() <= 4_096, whole.blocks().size() + " blocks");
      assertEquals(shape[0] > 4_096, whole.areGroups());
    }
  }

  @Test
  void shouldTellWhetherTargetsAreTheSame() {
    List<Target> targets = targets(1, 3);
    BlockErrors block = sums(targets).blocks().get(new Key("s0", 0));
    Target other = new Target("s0", 1, 9, targets.get(1).actual());
    BlockErrors sameTruth = sums(List.of(targets.get(0), other)).blocks().get(new Key("s0", 0));
    Target changed = new Target("s0", 1, targets.get(1).error(), 0.5);
    BlockErrors otherTruth = sums(List.of(targets.get(0), changed)).blocks().get(new Key("s0", 0));

    assertTrue(block.isOfSameTargets(sameTruth));
    assertFalse(block.isOfSameTargets(otherTruth));
    assertFalse(block.isOfSameTargets(sums(targets.subList(0, 1)).blocks().get(new Key("s0", 0))));
  }

  @Test
  void shouldBringBlocksOfTwoModelsToOneLength() {
    List<Target> targets = targets(2, 20_000);
    List<BlockSums> alike = BlockSums.alike(sums(targets), sums(targets.subList(0, 500)));

    assertEquals(alike.get(0).rows(), alike.get(1).rows());
    assertTrue(alike.get(0).blocks().keySet().containsAll(alike.get(1).blocks().keySet()));
  }
}
