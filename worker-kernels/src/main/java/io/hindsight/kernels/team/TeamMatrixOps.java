package io.hindsight.kernels.team;

import io.hindsight.kernels.math.MatrixOps;
import io.hindsight.kernels.math.PackedMatrix;
import io.hindsight.kernels.math.Packing;
import io.hindsight.kernels.math.VectorOps;
import io.hindsight.kernels.panel.PanelView;
import io.hindsight.kernels.panel.Panels;

/**
 * Products that a {@link Team} computes together: each thread some rows of the weights, or, where
 * there are few of them, some panels. Every element of a result is the sum that one thread makes of
 * it alone, so the bits are those of one thread.
 */
public final class TeamMatrixOps implements MatrixOps {
  /** Blocks of 8 rows for each thread from which on rows are shared: below, shares are uneven. */
  private static final int BLOCKS_EACH = 2;

  private final MatrixOps each;
  private final Team team;
  private final Product product = new Product();
  private final Transposition transposition = new Transposition();
  private final Columns columns = new Columns();

  private TeamMatrixOps(MatrixOps each, Team team) {
    this.each = each;
    this.team = team;
  }

  /** Operations whose products the team shares; these themselves if it is one thread. */
  public static VectorOps share(VectorOps ops, Team team) {
    return team.size() == 1
        ? ops
        : new VectorOps(
            ops.name(),
            new TeamMatrixOps(ops.matrix(), team),
            ops.gates(),
            ops.norms(),
            ops.losses(),
            ops.arrays(),
            ops.leastArray());
  }

  @Override
  public void affine(
      double[] start,
      PackedMatrix a,
      Panels panels,
      int first,
      int count,
      PanelView b,
      PanelView c) {
    product.run(start, a, panels, first, count, b, c);
  }

  @Override
  public void product(
      PackedMatrix a, Panels panels, int first, int count, PanelView b, PanelView c) {
    product.run(null, a, panels, first, count, b, c);
  }

  /** Of a single lane: by the caller's thread. */
  @Override
  public void product(PackedMatrix a, double[] x, double[] y, int yFrom) {
    each.product(a, x, y, yFrom);
  }

  @Override
  public void transpose(
      int firstRow,
      int rows,
      Panels panels,
      int first,
      int count,
      PanelView s,
      double[] t,
      int tFrom) {
    transposition.run(firstRow, rows, panels, first, count, s, t, tFrom);
  }

  @Override
  public void addColumns(
      int firstRow, int rows, int n, double[] d, int dFrom, int[] columnOf, int k, double[] c) {
    columns.run(firstRow, rows, n, d, dFrom, columnOf, k, c);
  }

  private boolean sharesRows(int rows, int parts) {
    return rows >= BLOCKS_EACH * Packing.ROWS * parts;
  }

  private final class Product implements Team.Work {
    private double[] start; // null for a product that is added
    private PackedMatrix a;
    private Panels panels;
    private int first;
    private int count;
    private PanelView b;
    private PanelView c;

    void run(
        double[] start,
        PackedMatrix a,
        Panels panels,
        int first,
        int count,
        PanelView b,
        PanelView c) {
      this.start = start;
      this.a = a;
      this.panels = panels;
      this.first = first;
      this.count = count;
      this.b = b;
      this.c = c;
      team.run(this);
    }

    @Override
    public void run(int part, int parts) {
      if (sharesRows(a.rows(), parts)) {
        run(a.part(part, parts), first, count);
      } else {
        int from = count * part / parts;
        run(a, first + from, count * (part + 1) / parts - from);
      }
    }

    private void run(PackedMatrix rows, int from, int some) {
      if (start == null) {
        each.product(rows, panels, from, some, b, c);
      } else {
        each.affine(start, rows, panels, from, some, b, c);
      }
    }
  }

  private final class Transposition implements Team.Work {
    private int firstRow;
    private int rows;
    private Panels panels;
    private int first;
    private int count;
    private PanelView s;
    private double[] t;
    private int tFrom;

    void run(
        int firstRow,
        int rows,
        Panels panels,
        int first,
        int count,
        PanelView s,
        double[] t,
        int tFrom) {
      this.firstRow = firstRow;
      this.rows = rows;
      this.panels = panels;
      this.first = first;
      this.count = count;
      this.s = s;
      this.t = t;
      this.tFrom = tFrom;
      team.run(this);
    }

    @Override
    public void run(int part, int parts) {
      int row = Packing.cut(rows, part, parts);
      int some = Packing.cut(rows, part + 1, parts) - row;
      int to = tFrom + row * panels.lanes(first, count);
      each.transpose(firstRow + row, some, panels, first, count, s, t, to);
    }
  }

  private final class Columns implements Team.Work {
    private int firstRow;
    private int rows;
    private int n;
    private double[] d;
    private int dFrom;
    private int[] columnOf;
    private int k;
    private double[] c;

    void run(
        int firstRow, int rows, int n, double[] d, int dFrom, int[] columnOf, int k, double[] c) {
      this.firstRow = firstRow;
      this.rows = rows;
      this.n = n;
      this.d = d;
      this.dFrom = dFrom;
      this.columnOf = columnOf;
      this.k = k;
      this.c = c;
      team.run(this);
    }

    @Override
    public void run(int part, int parts) {
      int row = Packing.cut(rows, part, parts);
      int some = Packing.cut(rows, part + 1, parts) - row;
      each.addColumns(firstRow + row, some, n, d, dFrom, columnOf, k, c);
    }
  }
}
