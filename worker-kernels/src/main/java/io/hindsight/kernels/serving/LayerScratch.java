package io.hindsight.kernels.serving;

import io.hindsight.kernels.cell.CellKernel;
import io.hindsight.kernels.cell.CellWorkspace;
import io.hindsight.kernels.math.Packing;
import io.hindsight.kernels.panel.AlignedMemory;
import io.hindsight.kernels.panel.Lanes;

/** What a recurrent layer computes in during a step. */
final class LayerScratch {
  final double[] read; // (I+H): [x; h]
  final CellWorkspace cell; // of P units
  final double[] z; // in the workspace, from zFrom: (rowBlocks·P)
  final int zFrom;
  final double[] product; // W x or U h of a normalised layer, else {}

  LayerScratch(CellKernel kernel, LayerWeights w) {
    read = new double[w.inputs + w.hidden];
    cell = new CellWorkspace(new AlignedMemory(0), kernel, 0, w.units / Lanes.LANES, 1, 1, false);
    z = cell.gates().array();
    zFrom = cell.gates().at(0);
    int rows = kernel.rowBlocks() * w.hidden;
    product = new double[w.norms == null ? 0 : Packing.paddedRows(rows)];
    if (cell.norm() != null) {
      cell.norm().setWeights(w.norms.cellGain, w.norms.cellBias);
    }
  }
}
