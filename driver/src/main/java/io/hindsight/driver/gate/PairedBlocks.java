package io.hindsight.driver.gate;

import io.hindsight.driver.config.GateConfig.Metric;
import io.hindsight.driver.score.BlockErrors;
import io.hindsight.driver.score.BlockSums;
import io.hindsight.driver.score.BlockSums.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The errors of two models on the same targets, in blocks that are nearly independent of each
 * other.
 *
 * <p>Where there are {@value #MANY} sequences or more, a block is a sequence, or a group of them.
 * Else it is a run of consecutive targets of one sequence. Errors of neighbouring targets are alike
 * — those of a forecast h steps ahead at least over h steps — so single targets must not be drawn
 * by themselves; blocks of a length that grows with the cube root of the number of targets keep
 * their dependence (Künsch, "The jackknife and the bootstrap for general stationary observations",
 * Annals of Statistics 17, 1989; Carlstein 1986 for blocks that do not overlap). Their length is
 *
 * <pre>
 *   max(h, ⌈n^(1/3)⌉)        n: targets per sequence
 * </pre>
 */
final class PairedBlocks {
  static final int MANY = 30;

  private final List<BlockErrors> candidate = new ArrayList<>();
  private final List<BlockErrors> champion = new ArrayList<>();
  private long targets;
  private double share;

  private PairedBlocks() {}

  /** Pairs blocks that have the same targets with the same truth. */
  static PairedBlocks of(BlockSums candidate, BlockSums champion) {
    List<BlockSums> alike = BlockSums.alike(candidate, champion);
    Map<Key, BlockErrors> left = alike.get(0).blocks();
    Map<Key, BlockErrors> right = alike.get(1).blocks();
    TreeSet<Key> same = new TreeSet<>(alike.get(0).blocks().comparator());
    PairedBlocks pairs = new PairedBlocks();
    for (Key key : left.keySet()) {
      if (right.containsKey(key) && left.get(key).isOfSameTargets(right.get(key))) {
        same.add(key);
        pairs.targets += left.get(key).targets();
      }
    }
    pairs.share = (double) pairs.targets / Math.max(1, Math.max(targets(left), targets(right)));
    pairs.join(same, left, right, cells(same, pairs.targets, alike.get(0).rows()));
    return pairs;
  }

  private static long targets(Map<Key, BlockErrors> blocks) {
    return blocks.values().stream().mapToLong(BlockErrors::targets).sum();
  }

  /** Blocks as they were summed that make up one to be drawn; 0 for all of a sequence. */
  private static long cells(Set<Key> keys, long targets, long rows) {
    long sequences = keys.stream().map(Key::sequence).distinct().count();
    if (sequences >= MANY || sequences == 0) {
      return 0;
    }
    long length = (long) Math.ceil(Math.cbrt((double) targets / sequences) - 1e-9);
    return Math.max(1, (length + rows - 1) / rows);
  }

  private void join(
      Set<Key> keys, Map<Key, BlockErrors> left, Map<Key, BlockErrors> right, long cells) {
    Map<String, BlockErrors[]> joined = new TreeMap<>();
    for (Key key : keys) {
      String block = key.sequence() + (cells == 0 ? "" : "\0" + key.number() / cells);
      BlockErrors[] both =
          joined.computeIfAbsent(
              block, name -> new BlockErrors[] {new BlockErrors(), new BlockErrors()});
      both[0].merge(left.get(key));
      both[1].merge(right.get(key));
    }
    for (BlockErrors[] both : joined.values()) {
      candidate.add(both[0]);
      champion.add(both[1]);
    }
  }

  /** Blocks to draw. */
  int size() {
    return candidate.size();
  }

  /** Targets that both were scored on. */
  long targets() {
    return targets;
  }

  /** Their share of all that the one with more was scored on. */
  double share() {
    return share;
  }

  /** The sums of a metric by block. */
  PairedSums sums(Metric metric) {
    double[] left = candidate.stream().mapToDouble(block -> sum(block, metric)).toArray();
    double[] right = champion.stream().mapToDouble(block -> sum(block, metric)).toArray();
    double[] counts = candidate.stream().mapToDouble(block -> count(block, metric)).toArray();
    return new PairedSums(metric, left, right, counts);
  }

  private static double count(BlockErrors block, Metric metric) {
    return switch (metric) {
      case RMSE, MAE, ACCURACY -> block.answers();
      case MASE -> block.scaledAnswers();
      case LOSS -> block.targets();
    };
  }

  private static double sum(BlockErrors block, Metric metric) {
    return switch (metric) {
      case RMSE -> block.squares();
      case MAE -> block.magnitudes();
      case MASE -> block.scaled();
      case LOSS -> block.loss();
      case ACCURACY -> block.right();
    };
  }
}
