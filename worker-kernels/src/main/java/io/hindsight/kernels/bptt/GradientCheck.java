package io.hindsight.kernels.bptt;

import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.network.Activation;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.ParameterLayout.Block;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.network.RecurrentSpec;
import io.hindsight.kernels.network.RnnCell;
import io.hindsight.kernels.random.CounterNoise;
import io.hindsight.kernels.random.CounterRandom;
import io.hindsight.kernels.random.CounterRandom.Purpose;
import io.hindsight.kernels.random.Noise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Holds the gradients of {@link Bptt} against central differences of its loss, block by block.
 *
 * <p>A derivative is (8(E(+h) − E(−h)) − (E(+2h) − E(−2h))) / 12h, whose error is of order h⁴, so
 * that h may be large enough for rounding to stay near 1e-13 of the loss. The loss of a relu
 * network and of quantiles has kinks, and that of normalised layers bends sharply where a product
 * is near zero, as that with the zero state; there h is small. A unit that switches within 2h of
 * the given weights still shows as an error.
 */
public final class GradientCheck {
  /** Passed for {@code elementsPerBlock}: every element. */
  public static final int ALL_ELEMENTS = Integer.MAX_VALUE;

  private static final double SMOOTH_STEP = 0x1p-10;
  private static final double SHARP_STEP = 0x1p-17;

  /** Differences cannot resolve a gradient below this part of the loss to seven digits. */
  private static final double RESOLUTION = 1e-6;

  /**
   * How far a block's gradient is from its differences.
   *
   * @param block the parameters' block, or {@code initial.h_lN}, {@code initial.c_lN} for the
   *     initial state of layer N
   * @param relativeError ‖a − n‖ / max(‖a‖, ‖n‖) over the checked elements, a analytic and n
   *     numeric; relative to a millionth of the loss where both norms are smaller. NaN if the loss
   *     is not finite
   * @param elements how many elements were checked
   */
  public record BlockError(String block, double relativeError, int elements) {
    /** Whether the error is at most {@code tolerance}; false for NaN. */
    public boolean isWithin(double tolerance) {
      return relativeError <= tolerance;
    }
  }

  /** The same at every pass, so that the loss is a function of the weights. */
  private static final Noise NOISE = new CounterNoise(1, 0, 0);

  private final Bptt bptt;
  private final PackedWeights weights; // of the parameters as they are
  private final Parameters parameters; // own copy, perturbed
  private final SequenceBatch batch;
  private final CarriedState initial; // own copy, perturbed
  private final int elementsPerBlock;
  private final double step;
  private double floor;

  private GradientCheck(
      Parameters parameters, SequenceBatch batch, CarriedState initial, int elementsPerBlock) {
    NetworkSpec spec = parameters.layout().spec();
    this.bptt = new Bptt(spec);
    weights = new PackedWeights(spec);
    this.parameters = parameters.copy();
    this.batch = batch;
    this.initial = new CarriedState(spec, batch.blocks());
    if (initial != null) {
      this.initial.copyBlocks(initial, 0, 0, batch.blocks());
    }
    this.elementsPerBlock = elementsPerBlock;
    boolean smooth = spec.recurrent().stream().allMatch(GradientCheck::isSmooth);
    step = smooth && spec.output().loss() != Loss.PINBALL ? SMOOTH_STEP : SHARP_STEP;
  }

  private static boolean isSmooth(RecurrentSpec layer) {
    return !layer.layerNorm() && !layer.cell().equals(new RnnCell(Activation.RELU));
  }

  /**
   * Checks every block of the parameters, and the initial state of every layer.
   *
   * @param parameters where to check; not changed
   * @param initial the windows' initial state, as many blocks as the batch; null for zero
   * @param elementsPerBlock elements checked in a block: drawn at random, always the same ones,
   *     where a block has more; at least 1
   * @throws IllegalArgumentException if no step of the batch has a target
   */
  public static List<BlockError> check(
      Parameters parameters, SequenceBatch batch, CarriedState initial, int elementsPerBlock) {
    if (elementsPerBlock < 1) {
      throw new IllegalArgumentException(
          "elements per block must be at least 1, but is " + elementsPerBlock);
    }
    return new GradientCheck(parameters, batch, initial, elementsPerBlock).run();
  }

  private List<BlockError> run() {
    GradientSum analytic = new GradientSum(parameters.layout());
    CarriedState analyticState = new CarriedState(parameters.layout().spec(), batch.blocks());
    differentiate(analytic, analyticState);
    double[] gradient = analytic.toArray(parameters.layout().size());
    List<BlockError> errors = new ArrayList<>();
    for (Block block : parameters.layout().blocks()) {
      int[] elements = IntStream.range(block.offset(), block.end()).toArray();
      errors.add(compare(block.name(), errors.size(), parameters.values(), gradient, elements));
    }
    for (int layer = 0; layer < initial.layers(); layer++) {
      checkState("initial.h_l" + layer, errors, initial.hidden(layer), analyticState.hidden(layer));
      checkState("initial.c_l" + layer, errors, initial.cell(layer), analyticState.cell(layer));
    }
    return errors;
  }

  private void differentiate(GradientSum gradient, CarriedState state) {
    weights.pack(parameters);
    GradientSum[] sums = new GradientSum[batch.blocks()];
    Arrays.fill(sums, gradient);
    bptt.forward(weights, batch, initial, NOISE);
    bptt.backward(weights, Backpropagation.FULL, sums);
    bptt.initialStateGradient(state);
    if (gradient.targets() == 0) {
      throw new IllegalArgumentException(
          "no step of the %d sequences has a target, so there is no gradient to check"
              .formatted(batch.occupied()));
    }
    floor = Math.max(RESOLUTION * Math.abs(gradient.loss()), Double.MIN_NORMAL);
  }

  /** Checks the occupied lanes of one state // (NB, H, 8). */
  private void checkState(String name, List<BlockError> errors, double[] state, double[] gradient) {
    int blockSize = state.length / batch.blocks(); // H·8
    int[] elements =
        IntStream.range(0, state.length)
            .filter(
                i ->
                    batch.length(i / blockSize * SequenceBatch.LANES + i % SequenceBatch.LANES) > 0)
            .toArray();
    if (elements.length > 0) {
      errors.add(compare(name, errors.size(), state, gradient, elements));
    }
  }

  private BlockError compare(
      String name, int key, double[] live, double[] analytic, int[] elements) {
    int[] chosen = choose(elements, key);
    double difference = 0;
    double analyticSquares = 0;
    double numericSquares = 0;
    for (int i : chosen) {
      double numeric = derivative(live, i);
      difference += (analytic[i] - numeric) * (analytic[i] - numeric);
      analyticSquares += analytic[i] * analytic[i];
      numericSquares += numeric * numeric;
    }
    double norm = Math.sqrt(Math.max(analyticSquares, numericSquares));
    return new BlockError(name, Math.sqrt(difference) / Math.max(norm, floor), chosen.length);
  }

  private int[] choose(int[] elements, int key) {
    if (elements.length <= elementsPerBlock) {
      return elements;
    }
    int[] order = CounterRandom.of(0, Purpose.GRADIENT_CHECK, key).permutation(elements.length);
    return Arrays.stream(order, 0, elementsPerBlock).map(i -> elements[i]).toArray();
  }

  private double derivative(double[] live, int i) {
    double value = live[i];
    double inner = lossAt(live, i, value + step) - lossAt(live, i, value - step);
    double outer = lossAt(live, i, value + 2 * step) - lossAt(live, i, value - 2 * step);
    live[i] = value;
    return (8 * inner - outer) / (12 * step);
  }

  private double lossAt(double[] live, int i, double value) {
    live[i] = value;
    weights.pack(parameters);
    bptt.forward(weights, batch, initial, NOISE);
    double loss = 0;
    for (int block = 0; block < batch.blocks(); block++) {
      loss += bptt.loss(block);
    }
    return loss;
  }
}
