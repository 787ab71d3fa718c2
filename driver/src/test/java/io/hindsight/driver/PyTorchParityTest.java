package io.hindsight.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindsight.driver.optim.ClipResult;
import io.hindsight.driver.optim.GradientClipper;
import io.hindsight.driver.optim.MeanUpdate;
import io.hindsight.driver.optim.Optimizer;
import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.bptt.Bptt;
import io.hindsight.kernels.bptt.PackedWeights;
import io.hindsight.kernels.math.choice.Norms;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.plain.PlainBptt;
import io.hindsight.kernels.random.Noise;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Replays short training runs recorded in PyTorch 1.13 (float64): every loss, norm, gradient, state
 * and final weight.
 *
 * <p>The cases are the {@code *.json} files of the folders named by the system property {@code
 * hindsight.parity.cases}, with {@link File#pathSeparator} between them, or of the test resources.
 */
@Tag("vectors")
class PyTorchParityTest {
  private static final double LOSS_AND_NORM = 1e-12;
  private static final double GRADIENT_AND_WEIGHT = 1e-10;
  private static final Map<String, Deviations> SUMMARY = new TreeMap<>();
  private static int replayed;

  static List<ParityCase> cases() throws IOException, URISyntaxException {
    List<ParityCase> cases = new ArrayList<>();
    for (Path folder : folders()) {
      try (Stream<Path> files = Files.list(folder)) {
        List<Path> found = files.filter(f -> f.toString().endsWith(".json")).sorted().toList();
        assertFalse(found.isEmpty(), "no case (*.json) in " + folder);
        found.forEach(file -> cases.add(ParityCase.read(file)));
      }
    }
    return cases;
  }

  private static List<Path> folders() throws URISyntaxException {
    String named = System.getProperty("hindsight.parity.cases", "");
    if (!named.isBlank()) {
      return Stream.of(named.split(File.pathSeparator)).map(Path::of).toList();
    }
    List<Path> folders = new ArrayList<>();
    for (String resource : List.of("/parity", "/parity-v2")) {
      folders.add(Path.of(PyTorchParityTest.class.getResource(resource).toURI()));
    }
    return folders;
  }

  @AfterAll
  static void printLargestDeviations() {
    System.out.println("PyTorch parity: " + replayed + " cases, largest relative deviations");
    SUMMARY.forEach((kind, deviations) -> System.out.printf("  %-12s%s%n", kind, deviations));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void shouldReplayPyTorch(ParityCase recorded) {
    recorded.requireKnownFeatures();
    Deviations deviations = new Deviations();
    if (recorded.isSharded()) {
      replayShards(recorded, deviations);
    } else {
      new Run(recorded, deviations).replay();
    }
    SUMMARY.computeIfAbsent(recorded.kind(), kind -> new Deviations()).merge(deviations);
    replayed++;
  }

  /** A training run of one process. */
  private static final class Run {
    private final ParityCase recorded;
    private final JsonNode expected;
    private final Deviations deviations;
    private final Parameters weights;
    private final Optimizer optimizer;
    private final GradientClipper clipper;
    private final MeanUpdate update;
    private final Bptt bptt;
    private final CarriedState state;
    private final Optional<TruncatedParity> truncated;

    Run(ParityCase recorded, Deviations deviations) {
      this.recorded = recorded;
      this.deviations = deviations;
      expected = recorded.json().get("expected");
      weights = recorded.initialWeights();
      optimizer = Optimizer.create(recorded.optimizer(), weights.values().length);
      clipper = recorded.clipper();
      update = new MeanUpdate(weights.layout(), recorded.reach());
      NetworkSpec network = recorded.network();
      bptt = new Bptt(network);
      state = new CarriedState(network, recorded.batch(0).blocks());
      truncated = recorded.windows().map(windows -> new TruncatedParity(recorded, windows));
    }

    void replay() {
      assertEquals("mean", recorded.json().get("reduction").textValue());
      checkDeltaFactors();
      for (int step = 0; step < recorded.steps(); step++) {
        update(step);
      }
      truncated.ifPresent(TruncatedParity::close);
      checkFinalState();
      checkEvaluation();
      Parameters last = recorded.tensors(expected.get("finalWeights"));
      deviations.check(
          "weights", "final weights", last.values(), weights.values(), GRADIENT_AND_WEIGHT);
    }

    private void update(int step) {
      GradientSum mean = sum(step).mean();
      checkOne("loss", "loss", step, mean.loss());
      if (step == 0) {
        Parameters gradient = recorded.tensors(expected.get("gradStep0"));
        deviations.check(
            "gradient", "gradient", gradient.values(), ofAll(mean), GRADIENT_AND_WEIGHT);
      }
      double[] compact = mean.compact();
      ClipResult clipped = clipper.clip(compact);
      checkOne("norm", "gradNormBeforeClip", step, clipped.norm());
      double normOfClipped = Norms.euclidean(compact) * clipped.factor();
      checkOne("norm", "gradNormAfterClip", step, normOfClipped);
      checkOne("norm", "gradNormAfterClip", step, clipped.norm() * clipped.scale());
      update.make(mean, clipper, optimizer, weights.values(), recorded.learningRate());
    }

    private double[] ofAll(GradientSum sum) {
      return sum.toArray(weights.values().length);
    }

    private GradientSum sum(int step) {
      if (truncated.isPresent()) {
        return truncated.get().sum(weights, step, state);
      }
      SequenceBatch batch = recorded.batch(step);
      CarriedState initial = recorded.carriesState() ? state : null;
      GradientSum sum =
          PyTorchParityTest.sum(
              bptt, weights, batch, initial, recorded.backpropagation(), recorded.noise(step));
      if (recorded.hasPaddedStates()) {
        bptt.forward(PackedWeights.of(weights), recorded.paddedBatch(step), initial);
      }
      bptt.finalState(state);
      return sum;
    }

    /** What dE/dh of each layer, step and sequence was multiplied by at first, in plain loops. */
    private void checkDeltaFactors() {
      JsonNode factors = expected.path("deltaScaleStep0");
      SequenceBatch batch = recorded.batch(0);
      PlainBptt plain = new PlainBptt(weights);
      for (int b = 0; b < recorded.sequences() && !factors.isMissingNode(); b++) {
        plain.forward(batch.window(b));
        plain.backward(recorded.backpropagation(), new double[weights.values().length]);
        for (int layer = 0; layer < state.layers(); layer++) {
          for (int t = 0; t < batch.length(b); t++) {
            String place = "factor of layer %d step %d sequence %d".formatted(layer, t, b);
            double factor = factors.get(layer).get(t).get(b).doubleValue();
            double actual = plain.deltaFactor(layer, t);
            deviations.check("gradient", place, factor, actual, GRADIENT_AND_WEIGHT);
          }
        }
      }
    }

    /** Losses and outputs of the last weights without noise. */
    private void checkEvaluation() {
      JsonNode evaluation = expected.path("evaluation");
      for (int batch = 0; batch < evaluation.path("loss").size(); batch++) {
        GradientSum mean =
            PyTorchParityTest.sum(
                    bptt, weights, recorded.batch(batch), null, Backpropagation.FULL, Noise.NONE)
                .mean();
        double loss = evaluation.get("loss").get(batch).doubleValue();
        String place = "evaluation of batch " + batch;
        deviations.check("weights", place, loss, mean.loss(), GRADIENT_AND_WEIGHT);
      }
    }

    private void checkOne(String quantity, String field, int step, double actual) {
      double recordedValue = expected.get(field).get(step).doubleValue();
      String place = "step " + step + " " + field;
      deviations.check(quantity, place, recordedValue, actual, LOSS_AND_NORM);
    }

    private void checkFinalState() {
      JsonNode finalState = expected.path("finalState");
      int layers = finalState.isMissingNode() ? 0 : state.layers();
      for (int layer = 0; layer < layers; layer++) {
        for (int b = 0; b < recorded.sequences(); b++) {
          for (int unit = 0; unit < recorded.network().directions().get(layer).hidden(); unit++) {
            String place = "layer %d sequence %d unit %d".formatted(layer, b, unit);
            checkState(finalState, "h", layer, b, unit, place, state.hidden(layer, b, unit));
            if (recorded.network().directions().get(layer).cell().hasCellState()) {
              checkState(finalState, "c", layer, b, unit, place, state.cell(layer, b, unit));
            }
          }
        }
      }
    }

    private void checkState(
        JsonNode states, String name, int layer, int b, int unit, String place, double actual) {
      double recordedValue = states.get(name).get(layer).get(b).get(unit).doubleValue();
      deviations.check("state", name + " " + place, recordedValue, actual, GRADIENT_AND_WEIGHT);
    }
  }

  /** Sums per shard, their mean over all targets, and the wrong mean that must not come out. */
  private static void replayShards(ParityCase recorded, Deviations deviations) {
    JsonNode json = recorded.json();
    Parameters weights = recorded.initialWeights();
    Bptt bptt = new Bptt(recorded.network());
    GradientSum all = new GradientSum(weights.values().length);
    double[] meanOfMeans = new double[weights.values().length];
    int shards = json.get("shards").size();
    for (int shard = 0; shard < shards; shard++) {
      GradientSum sum =
          sum(bptt, weights, recorded.shard(shard), null, Backpropagation.FULL, Noise.NONE);
      String place = "shard " + shard;
      double lossSum = json.get("shardLossSum").get(shard).doubleValue();
      deviations.check("loss", place + " loss", lossSum, sum.loss(), LOSS_AND_NORM);
      assertEquals(json.get("shardTokens").get(shard).longValue(), sum.targets(), place);
      Parameters gradient = recorded.tensors(json.get("shardGradSum").get(shard));
      deviations.check("gradient", place, gradient.values(), sum.gradient(), GRADIENT_AND_WEIGHT);
      all.merge(sum);
      for (int i = 0; i < meanOfMeans.length; i++) {
        meanOfMeans[i] += sum.gradient()[i] / sum.targets() / shards;
      }
    }
    checkGlobal(recorded, deviations, all, meanOfMeans);
  }

  private static void checkGlobal(
      ParityCase recorded, Deviations deviations, GradientSum all, double[] meanOfMeans) {
    JsonNode json = recorded.json();
    checkNorm(json, "globalGradSumNorm", all.gradient(), deviations);
    all.mean();
    double loss = json.get("globalLossMean").doubleValue();
    deviations.check("loss", "globalLossMean", loss, all.loss(), LOSS_AND_NORM);
    Parameters gradient = recorded.tensors(json.get("globalGradMean"));
    deviations.check(
        "gradient", "globalGradMean", gradient.values(), all.gradient(), GRADIENT_AND_WEIGHT);
    checkNorm(json, "globalGradMeanNorm", all.gradient(), deviations);
    checkNorm(json, "wrongMeanOfShardMeansNorm", meanOfMeans, deviations);
  }

  private static void checkNorm(
      JsonNode json, String field, double[] gradient, Deviations deviations) {
    double expected = json.get(field).doubleValue();
    deviations.check("norm", field, expected, Norms.euclidean(gradient), LOSS_AND_NORM);
  }

  private static GradientSum sum(
      Bptt bptt,
      Parameters weights,
      SequenceBatch batch,
      CarriedState initial,
      Backpropagation how,
      Noise noise) {
    GradientSum sum = new GradientSum(weights.layout());
    GradientSum[] sums = new GradientSum[batch.blocks()];
    Arrays.fill(sums, sum);
    PackedWeights packed = PackedWeights.of(weights);
    bptt.forward(packed, batch, initial, noise);
    bptt.backward(packed, how, sums);
    return sum;
  }
}
