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
  Sums sums(Metric metric) {
    double[] left = candidate.stream().mapToDouble(block -> sum(block, metric)).toArray();
    double[] right = champion.stream().mapToDouble(block -> sum(block, metric)).toArray();
    double[] counts = candidate.stream().mapToDouble(block -> count(block, metric)).toArray();
    return new Sums(metric, left, right, counts);
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

  /** What a metric is a quotient of, block by block. */
  static final class Sums {
    private final Metric metric;
    private final double[] candidate; // (B)
    private final double[] champion; // (B)
    private final double[] counts; // (B)

    Sums(Metric metric, double[] candidate, double[] champion, double[] counts) {
      this.metric = metric;
      this.candidate = candidate;
      this.champion = champion;
      this.counts = counts;
    }

    int size() {
      return counts.length;
    }

    /**
     * By which share the candidate is worse than the champion on some blocks, each as often as it
     * is named; below 0 if it is better. Where the champion has no error at all, a candidate that
     * has one is infinitely worse.
     */
    double worse(int[] blocks) {
      double left = 0;
      double right = 0;
      double count = 0;
      for (int block : blocks) {
        left += candidate[block];
        right += champion[block];
        count += counts[block];
      }
      return PairedBlocks.worse(metric, value(left / count), value(right / count));
    }

    private double value(double mean) {
      return metric == Metric.RMSE ? Math.sqrt(mean) : mean;
    }
  }

  /** By which share a figure is worse than another. */
  static double worse(Metric metric, double candidate, double champion) {
    if (candidate == champion) {
      return 0;
    }
    double relative = candidate / champion - 1;
    return metric.isError() ? relative : -relative;
  }
}
