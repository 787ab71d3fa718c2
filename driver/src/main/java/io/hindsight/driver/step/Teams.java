package io.hindsight.driver.step;

import io.hindsight.driver.shard.Shard;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.ParameterLayout.LayerBlocks;
import java.util.List;

/**
 * How the threads of a process share a step: tasks have lane blocks of their own, and where there
 * are fewer blocks than threads, or they do not come out even, several threads share the work of
 * the same blocks. The results have the same bits in any case, so the choice is one of speed alone.
 *
 * @param tasks that compute at once, each some shards
 * @param threads that share the work of each task
 */
public record Teams(int tasks, int threads) {
  /**
   * What each further thread costs at a time step of a layer, in weights: so many could be
   * multiplied for a block of eight sequences, forward and backward. Measured with two threads.
   */
  private static final double SHARING = 3000;

  /** The part of a task's time in which its threads do not compute side by side. */
  private static final double ALONE = 0.1;

  private static final long MOST_ELEMENTS = Integer.MAX_VALUE - 8L; // of a Java array

  /**
   * The quickest way, by the time of the task that has most to do.
   *
   * @param threads at most
   */
  public static Teams of(NetworkSpec spec, ShardPlan plan, int threads) {
    return of(spec, plan, threads, Runtime.getRuntime().availableProcessors());
  }

  /** As above, on a machine of some cores: threads that share a task need one each. */
  static Teams of(NetworkSpec spec, ShardPlan plan, int threads, int processors) {
    ParameterLayout layout = new ParameterLayout(spec);
    int most = Math.min(threads, plan.shards().size());
    int cores = Math.min(threads, processors);
    Teams best = new Teams(most, 1);
    double least = best.cost(layout, plan);
    for (int tasks = Math.min(most, cores); tasks >= 1; tasks--) {
      for (int each = 2; each <= cores / tasks; each++) {
        Teams other = new Teams(tasks, each);
        double cost = other.cost(layout, plan);
        if (cost < least && other.fits(layout, plan)) {
          best = other;
          least = cost;
        }
      }
    }
    return best;
  }

  /** Of a time step of the task with most blocks: multiplications of a weight with eight lanes. */
  private double cost(ParameterLayout layout, ShardPlan plan) {
    int blocks = mostBlocks(plan);
    double cost = 0;
    for (int direction = 0; direction < layout.layers().size(); direction++) {
      cost += cost(blocks * multiplied(layout, direction));
    }
    return cost;
  }

  /** Lane blocks of the task that has most. */
  private int mostBlocks(ShardPlan plan) {
    int blocks = 0;
    for (List<Shard> run : plan.split(tasks)) {
      blocks = Math.max(blocks, run.stream().mapToInt(Shard::blocks).sum());
    }
    return blocks;
  }

  /**
   * Whether Java's arrays are long enough for the windows of the task that has most: fewer tasks
   * that share their work have more blocks each, and keep all their steps in one array.
   */
  private boolean fits(ParameterLayout layout, ShardPlan plan) {
    long steps = Math.min(plan.windows().window(), plan.index().longest()) + 1L;
    long rows = layout.spec().output().logits();
    for (int direction = 0; direction < layout.layers().size(); direction++) {
      LayerBlocks blocks = layout.layers().get(direction);
      long inputs = selects(layout, direction) ? 0 : blocks.weightIh().columns();
      long most = Math.max(inputs, blocks.weightHh().rows()); // a GRU has H more, and so has x, h
      rows = Math.max(rows, most + blocks.weightHh().columns());
    }
    return steps * mostBlocks(plan) * rows * SequenceBatch.LANES <= MOST_ELEMENTS;
  }

  private double cost(double work) {
    double others = threads - 1;
    return others == 0 ? work : work * (ALONE + (1 - ALONE) / threads) + SHARING * others;
  }

  /** Weights of a direction of a layer, but of tokens without a table, which select theirs. */
  private static double multiplied(ParameterLayout layout, int direction) {
    LayerBlocks blocks = layout.layers().get(direction);
    return blocks.weightHh().size() + (selects(layout, direction) ? 0 : blocks.weightIh().size());
  }

  private static boolean selects(ParameterLayout layout, int direction) {
    InputSpec input = layout.spec().input();
    boolean first = direction < layout.layers().get(0).spec().directions();
    return first && input.isTokens() && !input.isEmbedded();
  }

  /** The time of a task that has most blocks, as a part of what one thread would take for it. */
  public double share(NetworkSpec spec, ShardPlan plan) {
    ParameterLayout layout = new ParameterLayout(spec);
    return cost(layout, plan) / new Teams(tasks, 1).cost(layout, plan);
  }

  /** Threads of all tasks together. */
  public int all() {
    return tasks * threads;
  }
}
