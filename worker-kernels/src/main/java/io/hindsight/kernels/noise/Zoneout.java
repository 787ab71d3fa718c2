package io.hindsight.kernels.noise;

import io.hindsight.kernels.batch.WindowPanels;
import io.hindsight.kernels.math.GateOps;
import io.hindsight.kernels.math.UnitFactors;
import io.hindsight.kernels.panel.AlignedMemory;
import io.hindsight.kernels.panel.Lanes;
import io.hindsight.kernels.panel.PanelView;
import io.hindsight.kernels.random.Noise.Site;

/**
 * Zoneout of one of a layer's two states: s_t = m∘s_{t−1} + (1 − m)∘s̃_t with m = 1 for a unit that
 * is struck, and s̃ of the cell; in evaluation with m its probability (Krueger et al.:
 * <i>Zoneout</i>, ICLR 2017).
 */
public final class Zoneout {
  private static final int LANES = Lanes.LANES;

  private final Site site;
  private final GateOps ops;
  private final boolean isOn;
  private final UnitFactors kept; // (T·NB, H): 1 for a unit that is struck
  private PanelView dKept; // of each block: (H, 8): m∘dE/ds_t; null until there is room
  private boolean noisy; // the last forward pass

  /** Of the units of one state; none if their rate is 0. */
  public Zoneout(Site site, GateOps ops) {
    this.site = site;
    this.ops = ops;
    isOn = site.rate() > 0;
    kept = new UnitFactors(site.rows(), 1, 0);
  }

  /** Makes room for windows of up to {@code maxSteps} steps of {@code blocks} blocks. */
  public void reserve(int maxSteps, int blocks, AlignedMemory memory) {
    if (isOn) {
      kept.reserve(Math.multiplyExact(maxSteps, blocks), memory);
      dKept = memory.panels(blocks, site.rows());
    }
  }

  /** s̃_t → s_t in {@code after}: panels of (H, 8). */
  public void forward(WindowPanels window, int panel, PanelView before, PanelView after) {
    if (!isOn) {
      return;
    }
    int from = before.at(panel);
    int to = after.at(panel);
    noisy = window.isNoisy();
    if (noisy) {
      byte[] struck = kept.struck();
      int block = window.block(panel);
      window.noise().draw(site, block, window.step(panel), ops, struck, kept.at(panel));
      ops.choose(kept, panel, before.array(), from, after.array(), to);
    } else {
      mean(site.rate(), site.rows() * LANES, before.array(), from, after.array(), to);
    }
  }

  /**
   * Zoneout in evaluation: s_t = rate·s_{t−1} + (1 − rate)·s̃_t, element by element.
   *
   * @param before s_{t−1} // (n), from {@code from}
   * @param after s̃_t, then s_t // (n), from {@code to}
   */
  public static void mean(double rate, int n, double[] before, int from, double[] after, int to) {
    for (int i = 0; i < n; i++) {
      after[to + i] = rate * before[from + i] + (1 - rate) * after[to + i];
    }
  }

  /** Of {@link #forward}: keeps m∘ds_t aside and leaves ds̃_t = (1 − m)∘ds_t. */
  public void split(int panel, int block, double[] ds, int at) {
    if (!isOn) {
      return;
    }
    double[] aside = dKept.array();
    int keptAt = dKept.at(block);
    if (noisy) {
      ops.chooseBackward(kept, panel, aside, keptAt, ds, at);
    } else {
      for (int i = 0; i < site.rows() * LANES; i++) {
        aside[keptAt + i] = site.rate() * ds[at + i];
        ds[at + i] *= 1 - site.rate();
      }
    }
  }

  /** ds_{t−1} += m∘ds_t. */
  public void join(int block, double[] ds, int at) {
    if (isOn) {
      ops.add(site.rows() * LANES, dKept.array(), dKept.at(block), ds, at);
    }
  }

  /** Bytes held beside the memory of the panels. */
  public long bytes() {
    return kept.bytes();
  }
}
