package io.hindsight.kernels.loss;

import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.WindowPanels;
import io.hindsight.kernels.math.GateOps;
import io.hindsight.kernels.math.VectorOps;
import io.hindsight.kernels.network.OutputSpec;

/** The sum of an {@link OutputLoss} over the steps that are scored. */
final class StepLosses implements WindowLoss {
  private static final int LANES = SequenceBatch.LANES;

  private final GateOps ops;
  private final OutputLoss loss;
  private final boolean lastStepOnly;
  private final ElementWeights weights;
  private final LaneTargets targets = new LaneTargets();

  StepLosses(OutputSpec output, VectorOps ops) {
    this.ops = ops.gates();
    loss = OutputLoss.of(output, ops);
    weights = new ElementWeights(output);
    lastStepOnly = output.at() == OutputSpec.At.LAST_STEP;
  }

  @Override
  public boolean reads(SequenceBatch batch, int t, int block) {
    for (int lane = block * LANES; lane < (block + 1) * LANES; lane++) {
      if (batch.isScored(lane, t, lastStepOnly)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void forward(WindowPanels window, HeadWorkspace s) {
    for (int i = 0; i < s.scored.count(); i++) {
      int panel = s.scored.get(i);
      int block = window.block(panel);
      targets.set(window.batch(), block, window.step(panel), lastStepOnly);
      loss.forward(s.out, panel * s.stride(), targets, s.loss, block * LANES);
      s.targets[block] += targets.scored();
      addWeights(s, block);
    }
  }

  private void addWeights(HeadWorkspace s, int block) {
    for (int lane = 0; lane < LANES; lane++) {
      if (targets.isScored(lane)) {
        s.weight[block * LANES + lane] += weights.ofStep(targets, lane);
      }
    }
  }

  @Override
  public void backward(WindowPanels window, HeadWorkspace s) {
    for (int i = s.scored.count() - 1; i >= 0; i--) {
      int panel = s.scored.get(i);
      targets.set(window.batch(), window.block(panel), window.step(panel), lastStepOnly);
      targets.requireAll();
      loss.backward(s.out, panel * s.stride(), targets);
      targets.scale(s.stride() / LANES, s.out, panel * s.stride());
      s.addToBias(ops, panel);
    }
  }

  @Override
  public long bytes() {
    return 0;
  }
}
