package io.hindsight.driver.spark.placement;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hindsight.driver.shard.CarriedWindows;
import io.hindsight.driver.shard.RankedWindows;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.spark.codec.ArrayCodec;
import io.hindsight.driver.spark.codec.Pieces;
import io.hindsight.driver.spark.codec.Pieces.PiecesInput;
import io.hindsight.driver.spark.codec.SliceReply;
import io.hindsight.driver.spark.codec.StepInput;
import io.hindsight.driver.spark.codec.StepReply;
import io.hindsight.driver.spark.session.HindsightKryoRegistrator;
import io.hindsight.driver.step.ParameterSlices;
import io.hindsight.driver.step.ReductionTree;
import io.hindsight.driver.step.StepRequest;
import io.hindsight.driver.step.StepResult;
import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.network.Activation;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.GruCell;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.network.RnnCell;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

class MessagesTest {
  private static final int HIDDEN = 40; // more parameters than a block of bytes holds
  private static final long WRONG = 1;

  static List<Cell> cells() {
    return List.of(new RnnCell(Activation.RELU), new LstmCell(), new GruCell());
  }

  @ParameterizedTest
  @MethodSource("cells")
  void shouldComputeTheSameBitsAfterTravelling(Cell cell) {
    for (boolean tokens : new boolean[] {true, false}) {
      NetworkSpec spec = network(cell, tokens);
      StepInput input = input(spec, Optional.of(state(spec)));
      TaskShards run = runs(spec).get(1);
      StepReply expected = run.compute(input, 1);
      for (Serializer serializer : serializers()) {
        StepReply actual =
            travel(
                serializer,
                StepReply.class,
                travel(serializer, TaskShards.class, run)
                    .compute(travel(serializer, StepInput.class, input), 1));
        assertSame(expected.result(), actual.result());
      }
    }
  }

  @Test
  void shouldCarryTheRowsOfTablesThatOccur() {
    OutputSpec output = new OutputSpec(3, Loss.SOFTMAX_CROSS_ENTROPY, At.EVERY_STEP);
    NetworkSpec spec =
        NetworkSpec.plain(
            InputSpec.embeddedTokens(1000, 7), new GruCell(), List.of(HIDDEN), output);
    StepReply reply = runs(spec).get(1).compute(input(spec, Optional.of(state(spec))), 1);
    assertEquals(3, reply.result().nodes().get(0).sum().rows().count());
    ParameterSlices slices = ParameterSlices.of(new ParameterLayout(spec).denseSize(), 2);
    for (Serializer serializer : serializers()) {
      assertSame(reply.result(), travel(serializer, StepReply.class, reply).result());
      for (int slice = 0; slice < 2; slice++) {
        StepResult part = travel(serializer, StepReply.class, reply.slice(slices, slice)).result();
        assertSame(reply.result().slice(slices, slice), part);
        assertEquals(slice == 0 ? 0 : 3, part.nodes().get(0).sum().rows().count());
      }
    }
  }

  @Test
  void shouldCountWhatIsLeftBeyondTwoGigabytes() throws IOException {
    PiecesInput in = Pieces.of(Collections.nCopies(3000, new byte[1 << 20])).read();
    ArrayCodec.requireLeft(in, 3000L << 20);
    assertThrows(EOFException.class, () -> ArrayCodec.requireLeft(in, (3000L << 20) + 1));
  }

  @Test
  void shouldCarryAbsentStatesAndFaults() {
    NetworkSpec spec = network(new GruCell(), true);
    StepInput input = input(spec, Optional.empty());
    StepResult result = runs(spec).get(0).compute(input, 1).result();
    Optional<StepResult.NonFinite> fault = Optional.of(new StepResult.NonFinite(3, "out.bias"));
    StepResult faulty =
        new StepResult(
            5, 6, 7, 1, 2, result.nodes(), Optional.empty(), fault, result.sequences(), 8);
    for (Serializer serializer : serializers()) {
      assertSame(faulty, travel(serializer, StepReply.class, new StepReply(spec, faulty)).result());
    }
  }

  @Test
  void shouldCarrySlicesAndRefusals() {
    NetworkSpec spec = network(new LstmCell(), true);
    StepReply reply = runs(spec).get(0).compute(input(spec, Optional.of(state(spec))), 1);
    ParameterSlices slices = ParameterSlices.of(new ParameterLayout(spec).size(), 3);
    for (Serializer serializer : serializers()) {
      StepReply part = travel(serializer, StepReply.class, reply.slice(slices, 1));
      assertSame(reply.result().slice(slices, 1), part.result());
      List<StepResult> tasks = List.of(reply.result().withoutGradients());
      SliceReply sum = travel(serializer, SliceReply.class, part.merged(1, part.result(), tasks));
      assertEquals(1, sum.index());
      assertSame(part.result(), sum.sum());
      assertSame(tasks.get(0), sum.tasks().get(0));
      assertEquals(Optional.empty(), sum.refusal());
      SliceReply refused = travel(serializer, SliceReply.class, SliceReply.refused("twice"));
      assertEquals(Optional.of("twice"), refused.refusal());
    }
  }

  @Test
  void shouldLetNoTwoAttemptsShareAWorkspace() {
    NetworkSpec spec = network(new LstmCell(), false);
    TaskShards run = runs(spec).get(0);
    StepInput input = input(spec, Optional.of(state(spec)));
    StepResult first = run.compute(input, 1).result();
    double[] sum = first.nodes().get(0).sum().gradient();
    double[] kept = sum.clone();
    StepResult second = run.compute(input, 1).result();
    assertArrayEquals(kept, sum);
    assertArrayEquals(kept, second.nodes().get(0).sum().gradient());
    StepResult later = run.compute(input, 2).result();
    assertEquals(second.nodes().get(0).sum(), later.nodes().get(0).sum(), "reused by a later job");
  }

  @Test
  void shouldRefuseWeightsThatAreNotThoseOfTheRequest() {
    NetworkSpec spec = network(new GruCell(), true);
    StepInput input = new StepInput(weights(spec), request(WRONG, Optional.empty()));
    TaskShards run = runs(spec).get(0);
    assertThrows(IllegalStateException.class, () -> run.compute(input, 1));
  }

  private static void assertSame(StepResult expected, StepResult actual) {
    assertEquals(expected.runId(), actual.runId());
    assertEquals(expected.step(), actual.step());
    assertEquals(expected.weights(), actual.weights());
    assertEquals(expected.firstShard(), actual.firstShard());
    assertEquals(expected.shards(), actual.shards());
    assertEquals(expected.nonFinite(), actual.nonFinite());
    assertEquals(expected.sequences(), actual.sequences());
    assertEquals(expected.nodes().size(), actual.nodes().size());
    for (int i = 0; i < expected.nodes().size(); i++) {
      ReductionTree.Node node = expected.nodes().get(i);
      ReductionTree.Node other = actual.nodes().get(i);
      assertEquals(node.level(), other.level());
      assertEquals(node.index(), other.index());
      assertArrayEquals(node.sum().gradient(), other.sum().gradient());
      assertArrayEquals(node.sum().rows().rows(), other.sum().rows().rows());
      assertArrayEquals(node.sum().rows().elements(), other.sum().rows().elements());
      assertEquals(node.sum().loss(), other.sum().loss());
      assertEquals(node.sum().targets(), other.sum().targets());
    }
    assertEquals(expected.carried().isPresent(), actual.carried().isPresent());
    if (expected.carried().isPresent()) {
      CarriedState state = expected.carried().get();
      assertArrayEquals(state.hidden(0), actual.carried().get().hidden(0));
      assertArrayEquals(state.cell(0), actual.carried().get().cell(0));
    }
  }

  private static List<Serializer> serializers() {
    SparkConf conf =
        new SparkConf(false)
            .set("spark.kryo.registrationRequired", "true")
            .set("spark.kryo.registrator", HindsightKryoRegistrator.class.getName());
    return List.of(new JavaSerializer(conf), new KryoSerializer(conf));
  }

  private static <T> T travel(Serializer serializer, Class<T> type, T message) {
    ClassTag<T> tag = ClassTag$.MODULE$.apply(type);
    ByteBuffer bytes = serializer.newInstance().serialize(message, tag);
    return serializer.newInstance().deserialize(bytes, tag);
  }

  private static NetworkSpec network(Cell cell, boolean tokens) {
    InputSpec input = tokens ? InputSpec.tokens(5) : InputSpec.dense(2);
    Loss loss = tokens ? Loss.SOFTMAX_CROSS_ENTROPY : Loss.SQUARED_ERROR;
    return NetworkSpec.plain(input, cell, List.of(HIDDEN), new OutputSpec(3, loss, At.EVERY_STEP));
  }

  private static List<TaskShards> runs(NetworkSpec spec) {
    List<Sequence> sequences = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      sequences.add(sequence(spec.input().isTokens(), "Sequenz \u00e4 " + i, 1 + i % 6));
    }
    ShardPlan plan =
        RankedWindows.plan(sequences, 30, OptionalInt.empty(), CarriedWindows.following(4));
    return TaskShards.split(spec, plan, 3, 2);
  }

  private static Sequence sequence(boolean tokens, String id, int length) {
    int[] ids = new int[length];
    double[] numbers = new double[2 * length];
    double[] targets = new double[3 * length];
    for (int t = 0; t < length; t++) {
      ids[t] = (t + length) % 3;
      numbers[2 * t] = t - 0.3 * length;
      targets[3 * t + 1] = t * 0.1;
    }
    Sequence sequence =
        tokens
            ? Sequence.ofTokens(id, ids).withClasses(ids)
            : Sequence.ofFeatures(id, numbers, length).withTargets(targets);
    return sequence.scoredFrom(length / 2);
  }

  private static StepInput input(NetworkSpec spec, Optional<CarriedState> carried) {
    Parameters weights = weights(spec);
    return new StepInput(weights, request(weights.fingerprint(), carried));
  }

  private static Parameters weights(NetworkSpec spec) {
    Parameters weights = new Parameters(new ParameterLayout(spec));
    double[] values = weights.values();
    for (int i = 0; i < values.length; i++) {
      values[i] = ((i * 37) % 101 - 50) / 200.0;
    }
    return weights;
  }

  private static StepRequest request(long fingerprint, Optional<CarriedState> carried) {
    return new StepRequest(1L << 60, 12, 0, 1, fingerprint, Backpropagation.truncated(2), carried);
  }

  private static CarriedState state(NetworkSpec spec) {
    CarriedState state = new CarriedState(spec, 4);
    for (int lane = 0; lane < 32; lane++) {
      state.setHidden(0, lane, 7, 0.01 * lane);
    }
    return state;
  }
}
