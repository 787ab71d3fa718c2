package io.hindsight.driver.step;

import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.parallel.RangeLoop;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The fixed binary tree over shard ids in which gradient sums are merged.
 *
 * <p>Node (level, index) covers the shards [index·2^level, (index+1)·2^level); a node without a
 * right sibling passes up unchanged. Siblings merge when both are there, so the order of arrival is
 * irrelevant, and a task may merge whatever subtrees lie within its own shards.
 */
public final class ReductionTree {
  /**
   * A complete subtree.
   *
   * @param level its height; 0 is one shard
   * @param index its place among the nodes of its level
   * @param sum the merged sums of its shards
   */
  public record Node(int level, int index, GradientSum sum) {
    private long key() {
      return (long) level << 32 | index;
    }

    /** The same subtree of a slice of the parameters alone; copies them. */
    Node slice(ParameterSlices slices, int slice) {
      boolean rows = slices.hasRows(slice);
      return new Node(level, index, sum.part(slices.from(slice), slices.end(slice), rows));
    }

    /** The same subtree without gradients. */
    Node withoutGradients() {
      return new Node(level, index, sum.part(0, 0, false));
    }
  }

  private final int leaves;
  private final RangeLoop loop;
  private final BitSet covered = new BitSet();
  private final Map<Long, Node> waiting = new HashMap<>();

  /** A tree over this many shards. */
  public ReductionTree(int leaves) {
    this(leaves, RangeLoop.SERIAL);
  }

  /** A tree over this many shards, whose sums a loop merges. */
  ReductionTree(int leaves, RangeLoop loop) {
    this.leaves = leaves;
    this.loop = loop;
  }

  /**
   * Adds one shard's sum.
   *
   * @param sum is merged into, so it must not be used afterwards
   */
  public void add(int shard, GradientSum sum) {
    add(new Node(0, shard, sum));
  }

  /**
   * Adds a complete subtree and merges upwards as far as siblings are there.
   *
   * @throws IllegalArgumentException if it is outside the tree or a shard of it was added before
   */
  public void add(Node node) {
    long first = (long) node.index() << node.level();
    if (node.level() < 0 || node.level() > 30 || node.index() < 0 || first >= leaves) {
      throw new IllegalArgumentException(
          "node (%d, %d) is outside a tree of %d shards"
              .formatted(node.level(), node.index(), leaves));
    }
    int end = (int) Math.min(leaves, first + (1L << node.level()));
    requireAbsent((int) first, end);
    covered.set((int) first, end);
    climb(node);
  }

  /**
   * Checks that none of the shards [first, end) was added.
   *
   * @throws RepeatedResultException if one was, naming it
   */
  void requireAbsent(int first, int end) {
    int overlap = covered.nextSetBit(first);
    if (overlap >= 0 && overlap < end) {
      throw new RepeatedResultException("shard " + overlap + " was added before");
    }
  }

  private void climb(Node node) {
    Node top = node;
    while (!isRoot(top)) {
      boolean left = (top.index() & 1) == 0;
      Node sibling = waiting.remove(new Node(top.level(), top.index() ^ 1, null).key());
      if (sibling == null && !(left && isAlone(top))) {
        waiting.put(top.key(), top);
        return;
      }
      GradientSum sum = top.sum();
      if (sibling != null) {
        sum = left ? top.sum().merge(sibling.sum(), loop) : sibling.sum().merge(top.sum(), loop);
      }
      top = new Node(top.level() + 1, top.index() >> 1, sum);
    }
    waiting.put(top.key(), top);
  }

  private boolean isRoot(Node node) {
    return node.index() == 0 && (1L << node.level()) >= leaves;
  }

  /** Whether a left node has no right sibling, because the shards end before it. */
  private boolean isAlone(Node node) {
    return (long) (node.index() + 1) << node.level() >= leaves;
  }

  /** Whether every shard was added. */
  public boolean isComplete() {
    return covered.cardinality() == leaves;
  }

  /** The shards that were not added yet, as ranges. */
  public List<ShardRange> missing() {
    return new ShardRange(0, leaves).without(covered);
  }

  /**
   * The sum of all shards.
   *
   * @throws IllegalStateException if a shard is missing
   */
  public GradientSum root() {
    if (!isComplete()) {
      throw new IllegalStateException(
          "shard " + covered.nextClearBit(0) + " of " + leaves + " is missing");
    }
    return waiting.values().iterator().next().sum();
  }

  /** The subtrees merged so far that wait for a sibling, by first shard. */
  public List<Node> nodes() {
    List<Node> nodes = new ArrayList<>(waiting.values());
    nodes.sort(
        (a, b) -> Long.compare((long) a.index() << a.level(), (long) b.index() << b.level()));
    return nodes;
  }
}
