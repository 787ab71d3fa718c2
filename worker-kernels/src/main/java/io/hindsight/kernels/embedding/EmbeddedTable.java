package io.hindsight.kernels.embedding;

import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.WindowPanels;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.ParameterLayout.Block;
import io.hindsight.kernels.panel.Lanes;
import io.hindsight.kernels.panel.PanelView;
import io.hindsight.kernels.panel.Panels;
import java.util.Arrays;

/** One table: e_t = E[k_t], k_t the row that a lane reads at step t; dE[k_t] += de_t. */
public final class EmbeddedTable {
  private static final int LANES = SequenceBatch.LANES;

  private final LaneRows lanes;
  private final int table; // its place among the input's
  private final int offset; // among the parameters
  private final int width;
  private final int firstRow; // of x_t
  private final double[] zeros; // (width)
  private final double[][] sources = new double[LANES][]; // what each lane's row is read from
  private final int[] from = new int[LANES];

  /**
   * A table of an input.
   *
   * @param firstRow of x_t that its rows make
   */
  public EmbeddedTable(InputSpec input, int table, Block weight, int firstRow) {
    lanes = new LaneRows(input);
    this.table = table;
    offset = weight.offset();
    width = weight.columns();
    this.firstRow = firstRow;
    zeros = new double[width];
  }

  /**
   * Writes e_t of every panel; zeros in lanes that read no row.
   *
   * @param parameters (P)
   * @param x panels of (I, 8)
   */
  public void forward(double[] parameters, WindowPanels window, PanelView x) {
    Panels panels = window.all();
    for (int i = 0; i < panels.count(); i++) {
      int panel = panels.get(i);
      int first = window.block(panel) * LANES;
      int t = window.step(panel);
      for (int lane = 0; lane < LANES; lane++) {
        int row = lanes.row(window, table, first + lane, t);
        sources[lane] = row == LaneRows.NONE ? zeros : parameters;
        from[lane] = row == LaneRows.NONE ? 0 : offset + row * width;
      }
      Lanes.gather(width, sources, from, x.array(), x.at(panel) + firstRow * LANES);
    }
    Arrays.fill(sources, null); // nothing is kept of the parameters
  }

  /**
   * Tells which rows a panel reads.
   *
   * @param first the number of the table's first row
   * @param bits a bit for each row of all tables
   */
  void mark(WindowPanels window, int panel, int first, long[] bits) {
    for (int lane = 0; lane < LANES; lane++) {
      int row = row(window, panel, lane);
      if (row != LaneRows.NONE) {
        bits[(first + row) >> 6] |= 1L << (first + row);
      }
    }
  }

  /**
   * Adds de_t of a panel, its lanes ascending.
   *
   * @param dx panels of (I, 8)
   * @param at where the gradient of each row begins, from {@code first} on
   * @param gradient to which is added
   */
  void backward(
      WindowPanels window, int panel, PanelView dx, int[] at, int first, double[] gradient) {
    for (int lane = 0; lane < LANES; lane++) {
      int row = row(window, panel, lane);
      if (row != LaneRows.NONE) {
        int to = at[first + row];
        int source = dx.at(panel) + firstRow * LANES + lane;
        for (int i = 0; i < width; i++) {
          gradient[to + i] += dx.array()[source + i * LANES];
        }
      }
    }
  }

  private int row(WindowPanels window, int panel, int lane) {
    int global = window.block(panel) * LANES + lane;
    return lanes.row(window, table, global, window.step(panel));
  }
}
