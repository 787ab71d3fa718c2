package io.hindsight.driver.shard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hindsight.datasets.windows.WindowBlocks;
import io.hindsight.datasets.windows.Windows;
import io.hindsight.driver.score.Evaluator;
import io.hindsight.driver.step.ShardTask;
import io.hindsight.driver.step.StepRequest;
import io.hindsight.driver.step.StepResult;
import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.bptt.PackedWeights;
import io.hindsight.kernels.network.InitialKind;
import io.hindsight.kernels.network.Initializer;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Windows that are cut beforehand, against sequences of their own that hold copies of them. */
class CutWindowsTest {
  private static final int BATCH = 11;

  private final List<Sequence> whole = new ArrayList<>();

  /** Of ids that begin with each other some come before '@' and some after it. */
  CutWindowsTest() {
    for (String id : List.of("a", "a!", "a@", "aA", "b", "b0", "b0!", "\uE000", "\uD83D\uDE00")) {
      int length = 5 + 3 * whole.size();
      double[] waves =
          IntStream.range(0, length).mapToDouble(t -> StrictMath.sin(t + id.hashCode())).toArray();
      double[] targets = waves.clone();
      targets[length / 2] = Sequence.NO_VALUE;
      whole.add(Sequence.ofFeatures(id, waves, length).withTargets(targets).scoredFrom(2));
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldLiveInTheSameSlotsAndTrainToTheSameBits(At at) {
    List<Window> views = Windows.training(whole, 6, 2);
    List<Sequence> copies = views.stream().map(Window::toSequence).toList();
    ShardPlan viewed =
        RankedWindows.of(views).plan(BATCH, OptionalInt.empty(), CarriedWindows.following(4));
    ShardPlan copied =
        RankedWindows.plan(copies, BATCH, OptionalInt.empty(), CarriedWindows.following(4));
    assertEquals(copied.stepsPerEpoch(), viewed.stepsPerEpoch());
    Parameters weights = weights(at);
    PackedWeights packed = PackedWeights.of(weights);
    for (long step = 0; step < viewed.stepsPerEpoch(); step++) {
      StepRequest request =
          new StepRequest(
              1,
              step,
              0,
              step,
              weights.fingerprint(),
              Backpropagation.truncated(5),
              Optional.empty());
      for (int id = 0; id < viewed.shards().size(); id++) {
        StepResult expected = task(weights, copied, id).run(packed, request);
        StepResult actual = task(weights, viewed, id).run(packed, request);
        GradientSum sum = actual.nodes().get(0).sum();
        assertArrayEquals(expected.nodes().get(0).sum().gradient(), sum.gradient());
        assertEquals(expected.nodes().get(0).sum().loss(), sum.loss());
        assertEquals(expected.nodes().get(0).sum().targets(), sum.targets());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldScoreToTheSameBits(At at) {
    WindowBlocks views = Windows.scoring(WindowBlocks.whole(whole), 6, at == At.LAST_STEP ? 1 : 2);
    WindowBlocks copies = WindowBlocks.whole(views.stream().map(Window::toSequence).toList());
    Parameters weights = weights(at);
    NetworkSpec spec = weights.layout().spec();
    var expected = new Evaluator(spec, copies, Optional.empty()).evaluate(weights);
    var actual = new Evaluator(spec, views, Optional.empty()).evaluate(weights);
    assertEquals(expected.loss(), actual.loss());
    assertEquals(expected.targets(), actual.targets());
    assertEquals(expected.kind().errors(1), actual.kind().errors(1));
  }

  private static ShardTask task(Parameters weights, ShardPlan plan, int shard) {
    NetworkSpec spec = weights.layout().spec();
    int all = plan.shards().size();
    return new ShardTask(spec, List.of(plan.shards().get(shard)), all, 3, plan.windows());
  }

  private static Parameters weights(At at) {
    NetworkSpec spec =
        NetworkSpec.plain(
            InputSpec.dense(1),
            new LstmCell(),
            List.of(3),
            new OutputSpec(1, OutputSpec.Loss.SQUARED_ERROR, at));
    return Initializer.initialize(new ParameterLayout(spec), InitialKind.UNIFORM, 1, 5);
  }
}
