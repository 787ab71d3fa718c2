package io.hindsight.kernels.embedding;

import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.RowSums;
import io.hindsight.kernels.batch.WindowPanels;
import io.hindsight.kernels.network.ParameterLayout.Block;
import io.hindsight.kernels.network.TableRows;
import io.hindsight.kernels.panel.PanelView;
import io.hindsight.kernels.panel.Panels;
import java.util.Arrays;
import java.util.List;

/**
 * The gradients of the rows that a window reads, of all tables: for each shard they are summed for
 * steps descending, at a step for its blocks descending, their lanes ascending.
 */
public final class TableGradients {
  private final boolean tied; // to the output, whose gradient is dense
  private final List<EmbeddedTable> tables;
  private final TableRows numbers;
  private final long[] occurs; // a bit for each row
  private final int[] at; // (rows): where a row's gradient is among those of a shard, or all
  private final RowSums ofShard;

  /**
   * Of these tables.
   *
   * @param weights their blocks
   * @param numbers of their rows; none if the output is tied to the table
   */
  public TableGradients(List<EmbeddedTable> tables, List<Block> weights, TableRows numbers) {
    this.tables = tables;
    this.numbers = numbers;
    tied = !tables.isEmpty() && numbers.count() == 0;
    at = new int[tied ? weights.get(0).rows() : numbers.count()];
    if (tied) {
      Block only = weights.get(0);
      Arrays.setAll(at, row -> only.offset() + row * only.columns());
    }
    occurs = new long[(numbers.count() + Long.SIZE - 1) / Long.SIZE];
    ofShard = new RowSums(numbers);
  }

  /**
   * Adds the gradients of every block to its sum.
   *
   * @param panels that have a gradient, steps ascending
   * @param dx panels of (I, 8)
   * @param sums (NB); blocks of one shard share one
   */
  public void add(WindowPanels window, Panels panels, PanelView dx, GradientSum[] sums) {
    for (int from = 0, to; from < window.blocks(); from = to) {
      to = GradientSum.endOfShard(sums, from);
      if (tied) {
        addShard(window, panels, dx, from, to, sums[from].gradient());
        continue;
      }
      mark(window, panels, from, to);
      ofShard.start(occurs, at);
      addShard(window, panels, dx, from, to, ofShard.values());
      sums[from].rows().merge(ofShard);
    }
  }

  private void mark(WindowPanels window, Panels panels, int fromBlock, int toBlock) {
    for (int i = 0; i < panels.count(); i++) {
      int block = window.block(panels.get(i));
      for (int k = 0; k < tables.size() && block >= fromBlock && block < toBlock; k++) {
        tables.get(k).mark(window, panels.get(i), numbers.first(k), occurs);
      }
    }
  }

  private void addShard(
      WindowPanels window,
      Panels panels,
      PanelView dx,
      int fromBlock,
      int toBlock,
      double[] gradient) {
    for (int i = panels.count() - 1; i >= 0; i--) {
      int panel = panels.get(i);
      int block = window.block(panel);
      for (int k = 0; k < tables.size() && block >= fromBlock && block < toBlock; k++) {
        tables.get(k).backward(window, panel, dx, at, tied ? 0 : numbers.first(k), gradient);
      }
    }
  }

  /** Bytes held. */
  public long bytes() {
    return Long.BYTES * (long) occurs.length + Integer.BYTES * (long) at.length + ofShard.bytes();
  }
}
