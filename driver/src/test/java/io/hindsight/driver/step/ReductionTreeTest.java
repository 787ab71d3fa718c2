package io.hindsight.driver.step;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.random.CounterRandom;
import io.hindsight.kernels.random.CounterRandom.Purpose;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReductionTreeTest {
  @Test
  void shouldAddInPairs() {
    ReductionTree tree = new ReductionTree(5);
    for (int shard = 0; shard < 5; shard++) {
      tree.add(shard, leaf(shard));
    }
    double expected = ((value(0) + value(1)) + (value(2) + value(3))) + value(4);
    assertEquals(expected, tree.root().gradient()[0]);
    assertEquals(expected, tree.root().loss());
    assertEquals(10, tree.root().targets());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8, 13, 64})
  void shouldGiveTheSameBitsInWhateverOrderShardsArrive(int leaves) {
    double[] expected = recursiveSum(0, Integer.highestOneBit(2 * leaves - 1), leaves);
    for (int trial = 0; trial < 20; trial++) {
      ReductionTree tree = new ReductionTree(leaves);
      for (int shard :
          CounterRandom.of(trial, Purpose.GRADIENT_CHECK, leaves).permutation(leaves)) {
        assertFalse(tree.isComplete());
        tree.add(shard, leaf(shard));
      }
      assertTrue(tree.isComplete());
      assertArrayEquals(expected, tree.root().gradient());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8, 13, 64})
  void shouldGiveTheSameBitsHoweverTasksDivideTheShards(int leaves) {
    double[] expected = recursiveSum(0, Integer.highestOneBit(2 * leaves - 1), leaves);
    for (int tasks = 1; tasks <= leaves; tasks++) {
      ReductionTree tree = new ReductionTree(leaves);
      for (int task = tasks - 1; task >= 0; task--) {
        ReductionTree part = new ReductionTree(leaves);
        for (int shard = task * leaves / tasks; shard < (task + 1) * leaves / tasks; shard++) {
          part.add(shard, leaf(shard));
        }
        part.nodes().forEach(tree::add);
      }
      assertArrayEquals(expected, tree.root().gradient(), tasks + " tasks");
    }
  }

  @Test
  void shouldReturnFewSubtreesByFirstShard() {
    ReductionTree part = new ReductionTree(64);
    for (int shard = 1; shard < 63; shard++) {
      part.add(shard, leaf(shard));
    }
    List<Integer> levels = part.nodes().stream().map(ReductionTree.Node::level).toList();
    assertEquals(List.of(0, 1, 2, 3, 4, 4, 3, 2, 1, 0), levels);
  }

  @Test
  void shouldRefuseAShardThatCameBefore() {
    ReductionTree tree = new ReductionTree(4);
    tree.add(2, leaf(2));
    ReductionTree.Node both = new ReductionTree.Node(1, 1, leaf(0));
    assertEquals(
        "shard 2 was added before",
        assertThrows(IllegalArgumentException.class, () -> tree.add(both)).getMessage());
  }

  @Test
  void shouldRefuseANodeOutsideTheTree() {
    ReductionTree tree = new ReductionTree(4);
    assertThrows(IllegalArgumentException.class, () -> tree.add(4, leaf(4)));
    assertThrows(IllegalArgumentException.class, () -> tree.add(-1, leaf(0)));
    assertThrows(
        IllegalArgumentException.class, () -> tree.add(new ReductionTree.Node(31, 0, leaf(0))));
  }

  @Test
  void shouldNameTheMissingShard() {
    ReductionTree tree = new ReductionTree(3);
    tree.add(0, leaf(0));
    tree.add(2, leaf(2));
    assertEquals(
        "shard 1 of 3 is missing",
        assertThrows(IllegalStateException.class, tree::root).getMessage());
  }

  /** The definition: the sum of a node is that of its left half plus that of its right half. */
  private static double[] recursiveSum(int first, int width, int leaves) {
    if (width == 1) {
      return leaf(first).gradient();
    }
    double[] left = recursiveSum(first, width / 2, leaves);
    if (first + width / 2 >= leaves) {
      return left;
    }
    double[] right = recursiveSum(first + width / 2, width / 2, leaves);
    return new double[] {left[0] + right[0], left[1] + right[1]};
  }

  private static GradientSum leaf(int shard) {
    return new GradientSum(new double[] {value(shard), 1 / value(shard)}, value(shard), 2);
  }

  /** Numbers of very different size, so that each order of adding rounds differently. */
  private static double value(int shard) {
    return StrictMath.exp((shard * 7) % 11) * (shard % 2 == 0 ? 1 : -1.1);
  }
}
