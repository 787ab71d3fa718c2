package io.hindsight.kernels.serving;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Statics;
import io.hindsight.kernels.loss.LaneAnswer;
import io.hindsight.kernels.math.PackedMatrix;
import io.hindsight.kernels.math.VectorOps;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import java.util.Arrays;

/** The layers and the output of a network for a single lane: weights only, so threads share it. */
final class LaneNetwork {
  private final NetworkSpec spec;
  private final VectorOps ops;
  private final StepInput input;
  private final LaneLayer[] layers; // [L]
  private final PackedMatrix outWeight; // (O, H)
  private final double[] outBias; // (O)
  private final long fingerprint;

  /** With the present weights of a network that reads sequences from their beginning. */
  LaneNetwork(Parameters parameters, VectorOps ops) {
    ParameterLayout layout = parameters.layout();
    double[] values = parameters.values();
    spec = layout.spec();
    this.ops = ops;
    input = new StepInput(layout, values);
    boolean tokens = spec.input().isTokens() && !spec.input().isEmbedded();
    layers = new LaneLayer[layout.layers().size()];
    Arrays.setAll(
        layers, l -> new LaneLayer(layout.layers().get(l), tokens && l == 0, values, ops));
    int outputs = layout.outWeight().rows();
    int rows = layout.outWeight().columns();
    outWeight = PackedMatrix.of(outputs, rows, values, layout.outWeight().offset());
    outBias = Arrays.copyOfRange(values, layout.outBias().offset(), layout.outBias().end());
    fingerprint = Parameters.fingerprint(values); // states saved by earlier releases have it
  }

  NetworkSpec spec() {
    return spec;
  }

  StepInput input() {
    return input;
  }

  /** Of the weights. */
  long fingerprint() {
    return fingerprint;
  }

  LaneLayer[] layers() {
    return layers;
  }

  PredictorState newState(Statics statics) {
    return new PredictorState(this, input.ofSequence(statics));
  }

  /** Room for one step at a time. */
  StepScratch newScratch() {
    return new StepScratch(layers, outWeight, new LaneAnswer(spec.output(), ops));
  }

  /** Takes a step that reads numbers. */
  void read(double[] features, int[] categories, PredictorState state, StepScratch s) {
    input.load(features, categories, state.ofSequence(), s.firstRead());
    run(Sequence.NO_TOKEN, state, s);
  }

  /** Takes a step that reads a token. */
  void read(int token, PredictorState state, StepScratch s) {
    if (input.hasTokenTable()) {
      input.load(token, s.firstRead());
    }
    run(token, state, s);
  }

  private void run(int token, PredictorState state, StepScratch s) {
    for (int l = 0; l < layers.length; l++) {
      double[] h = state.hidden(l);
      layers[l].step(s.layers[l], token, h, state.cell(l));
      layers[l].handOn(s.layers[l], h, s.above(l));
    }
  }

  /** Answers the step that was read last // (A), set. */
  void answer(StepScratch s, double[] outputs) {
    System.arraycopy(outBias, 0, s.logits, 0, outBias.length);
    ops.matrix().product(outWeight, s.top, s.logits, 0);
    s.answer.answer(s.logits, outputs);
  }

  /** Bytes held. */
  long bytes() {
    long bytes = input.bytes() + outWeight.bytes() + (long) Double.BYTES * outBias.length;
    for (LaneLayer layer : layers) {
      bytes += layer.bytes();
    }
    return bytes;
  }
}
