package io.hindsight.driver.score;

import io.hindsight.datasets.IdOrder;
import io.hindsight.datasets.sums.Mergeable;
import io.hindsight.driver.score.kind.CrossEntropy;
import io.hindsight.driver.score.kind.ScoredTargets;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Errors by block: at first of h consecutive rows of a sequence, h being the horizon. Where that is
 * more than {@value #MOST} blocks, they become twice as long, again and again, then whole
 * sequences, then groups of sequences by a hash of their ids. How far that goes depends on the data
 * alone: no part of it has more blocks of a length than all of it.
 */
public final class BlockSums implements Mergeable<BlockSums>, ScoredTargets {
  private static final long serialVersionUID = 1L;
  private static final int MOST = 1 << 12;
  private static final int WHOLE = 31; // doublings after which no sequence is cut
  private static final int GROUPED = WHOLE + 1;

  private final BlockRule rule;
  private TreeMap<Key, BlockErrors> blocks = new TreeMap<>(Key.ORDER);
  private int level; // doublings so far

  /** Sums of nothing. */
  public BlockSums(BlockRule rule) {
    this.rule = rule;
  }

  /**
   * Where a block is.
   *
   * @param sequence id; of a group of sequences, its name
   * @param number of the block in it
   */
  public record Key(String sequence, int number) implements Serializable {
    static final Comparator<Key> ORDER = new ByPlace();

    private static final class ByPlace implements Comparator<Key>, Serializable {
      private static final long serialVersionUID = 1L;

      @Override
      public int compare(Key left, Key right) {
        int bySequence = IdOrder.UTF_8.compare(left.sequence, right.sequence);
        return bySequence == 0 ? Integer.compare(left.number, right.number) : bySequence;
      }
    }
  }

  /** The same sums, of nothing yet. */
  BlockSums none() {
    return new BlockSums(rule);
  }

  @Override
  public void addValues(
      String sequence, int step, double[] errors, double[] actual, double[] scaled) {
    BlockErrors block = block(sequence, step);
    long truth = identity(sequence, step);
    for (int o = 0; o < errors.length; o++) {
      if (!Double.isNaN(actual[o])) {
        block.addError(errors[o], scaled[o]);
      }
      truth = mix(truth ^ Double.doubleToLongBits(actual[o] + 0.0));
    }
    block.addTarget(truth);
    shorten();
  }

  @Override
  public void addClass(String sequence, int step, int truth, boolean isRight, double[] outputs) {
    BlockErrors block = block(sequence, step);
    block.addAnswer(isRight, CrossEntropy.of(outputs[truth]));
    String name = rule.classes().isEmpty() ? String.valueOf(truth) : rule.classes().get(truth);
    block.addTarget(mix(identity(sequence, step) ^ hash(name)));
    shorten();
  }

  @Override
  public void addLabels(String sequence, int step, double[] labels, double[] outputs) {
    BlockErrors block = block(sequence, step);
    long identity = identity(sequence, step);
    for (int o = 0; o < outputs.length; o++) {
      boolean truth = labels[o] >= 0.5;
      if (!Double.isNaN(labels[o])) {
        boolean isRight = (outputs[o] >= 0.5) == truth;
        block.addAnswer(isRight, CrossEntropy.of(truth ? outputs[o] : 1 - outputs[o]));
      }
      identity = mix(identity ^ (truth ? 1 : 0));
    }
    block.addTarget(identity);
    shorten();
  }

  @Override
  public void addString(String sequence, int[] truth, boolean isRight, double loss) {
    BlockErrors block = block(sequence, 0);
    block.addAnswer(isRight, loss);
    long identity = identity(sequence, 0);
    for (int label : truth) {
      String name = rule.classes().isEmpty() ? String.valueOf(label) : rule.classes().get(label);
      identity = mix(identity ^ hash(name));
    }
    block.addTarget(identity);
    shorten();
  }

  private BlockErrors block(String sequence, int step) {
    long row = (step + rule.offset()) / rule.horizon();
    Key key = level == GROUPED ? group(sequence) : new Key(sequence, (int) (row >> level));
    return blocks.computeIfAbsent(key, unused -> new BlockErrors());
  }

  private long identity(String sequence, int step) {
    return mix(hash(sequence) + step + rule.offset());
  }

  private static Key group(String sequence) {
    return new Key("#" + (hash(sequence) >>> 52), 0); // of 4,096
  }

  private static long hash(String text) {
    long hash = text.length();
    for (int i = 0; i < text.length(); i++) {
      hash = hash * 31 + text.charAt(i);
    }
    return mix(hash);
  }

  private static long mix(long number) {
    long z = number + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  @Override
  public void merge(BlockSums other) {
    coarsen(Math.max(level, other.level));
    other.blocks.forEach((key, errors) -> put(blocks, coarser(key, other.level), errors));
    shorten();
  }

  private void shorten() {
    while (blocks.size() > MOST && level < GROUPED) {
      coarsen(level + 1);
    }
  }

  private void coarsen(int to) {
    if (to > level) {
      TreeMap<Key, BlockErrors> before = blocks;
      int from = level;
      level = to;
      blocks = new TreeMap<>(Key.ORDER);
      before.forEach((key, errors) -> put(blocks, coarser(key, from), errors));
    }
  }

  /** The block of this level that one of an earlier level lies in. */
  private Key coarser(Key key, int from) {
    if (from == level) {
      return key;
    }
    return level == GROUPED
        ? group(key.sequence)
        : new Key(key.sequence, key.number >> Math.min(level - from, WHOLE));
  }

  private static void put(TreeMap<Key, BlockErrors> blocks, Key key, BlockErrors errors) {
    BlockErrors sum = blocks.computeIfAbsent(key, unused -> new BlockErrors());
    sum.merge(errors);
  }

  /** The blocks, in the order of their places. */
  public SortedMap<Key, BlockErrors> blocks() {
    return Collections.unmodifiableSortedMap(blocks);
  }

  /** Rows of a block that is not cut short. */
  public long rows() {
    return (long) rule.horizon() << level;
  }

  /** Whether blocks are groups of sequences, which no longer tell one from another. */
  public boolean areGroups() {
    return level == GROUPED;
  }

  /** Copies of both, with blocks of the same length. */
  public static List<BlockSums> alike(BlockSums left, BlockSums right) {
    List<BlockSums> both = new ArrayList<>();
    for (BlockSums one : List.of(left, right)) {
      BlockSums copy = new BlockSums(one.rule);
      copy.merge(one);
      copy.coarsen(Math.max(left.level, right.level));
      both.add(copy);
    }
    return both;
  }
}
