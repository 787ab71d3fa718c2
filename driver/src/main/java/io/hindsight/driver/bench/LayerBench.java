package io.hindsight.driver.bench;

import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.bptt.Bptt;
import io.hindsight.kernels.bptt.PackedWeights;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.Parameters;
import java.util.Arrays;

/**
 * Steps of one layer on the current thread, through the same façade that training uses: pack the
 * weights, run one whole window forward, and back into one gradient sum.
 */
final class LayerBench implements Measured {
  private static final double NANOS = 1e-9;

  private final Cell cell;
  private final BenchShape shape;
  private final Parameters parameters;
  private final PackedWeights weights;
  private final Bptt bptt;
  private final SequenceBatch batch;
  private final GradientSum sum;
  private final GradientSum[] sums; // (NB), all the same

  private final Samples pack = new Samples(); // CPU time of each step, ns
  private final Samples forward = new Samples();
  private final Samples backward = new Samples();
  private final Samples step = new Samples();
  private final Samples packBytes = new Samples(); // allocated in each step
  private final Samples stepBytes = new Samples();

  LayerBench(Cell cell, BenchShape shape) {
    this.cell = cell;
    this.shape = shape;
    NetworkSpec network = BenchData.network(cell, shape);
    parameters = BenchData.parameters(network);
    weights = new PackedWeights(network);
    bptt = new Bptt(network);
    batch = SequenceBatch.of(BenchData.sequences(shape).toArray(new Sequence[0]));
    sum = new GradientSum(parameters.layout());
    sums = new GradientSum[batch.blocks()];
    Arrays.fill(sums, sum);
  }

  @Override
  public void run(double seconds) {
    long start = ThreadUse.cpuNanos();
    do {
      step();
    } while (ThreadUse.cpuNanos() - start < seconds / NANOS);
  }

  private void step() {
    long bytesAtStart = ThreadUse.allocatedBytes();
    long start = ThreadUse.cpuNanos();
    weights.pack(parameters);
    long packed = ThreadUse.cpuNanos();
    long bytesPacked = ThreadUse.allocatedBytes();
    long ready = ThreadUse.cpuNanos();
    bptt.forward(weights, batch, null);
    long answered = ThreadUse.cpuNanos();
    sum.clear();
    bptt.backward(weights, Backpropagation.FULL, sums);
    long end = ThreadUse.cpuNanos();
    long bytesAtEnd = ThreadUse.allocatedBytes();
    pack.add(packed - start);
    forward.add(answered - ready);
    backward.add(end - answered);
    step.add(packed - start + end - ready);
    packBytes.add(bytesPacked - bytesAtStart);
    stepBytes.add(bytesAtEnd - bytesPacked);
  }

  @Override
  public double fastest() {
    return step.least();
  }

  @Override
  public void forget() {
    for (Samples each : new Samples[] {pack, forward, backward, step, packBytes, stepBytes}) {
      each.clear();
    }
  }

  /** Medians of what was measured. */
  LayerResult result() {
    int count = parameters.layout().size();
    double forwardFlops = LayerFlops.forward(cell, shape);
    double backwardFlops = LayerFlops.backward(cell, shape);
    return new LayerResult(
        cell.name(),
        shape,
        pack.median() * NANOS,
        new Rate(forward.median() * NANOS, forwardFlops),
        new Rate(backward.median() * NANOS, backwardFlops),
        new Rate(step.median() * NANOS, forwardFlops + backwardFlops),
        (long) packBytes.median(),
        (long) stepBytes.median(),
        bptt.workspaceBytes() + weights.bytes() + (long) Double.BYTES * count,
        WorkspaceFormula.bytes(cell, shape, count));
  }
}
