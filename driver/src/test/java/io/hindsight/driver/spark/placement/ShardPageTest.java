package io.hindsight.driver.spark.placement;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.shard.CarriedWindows;
import io.hindsight.driver.shard.RankedWindows;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.spark.session.HindsightKryoRegistrator;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.network.GruCell;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.Serializer;
import org.apache.spark.util.SizeEstimator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

class ShardPageTest {
  private static final ClassTag<ShardPage> PAGE = ClassTag$.MODULE$.apply(ShardPage.class);
  private static final int SEQUENCES = 40;

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 1000, 4096, 1 << 20})
  void shouldMakeTheBytesOfTheRunTogether(int size) throws IOException {
    TaskShards run = run(SEQUENCES);
    List<ShardPage> pages = ShardPage.cut(run, size);
    SparkConf conf =
        new SparkConf(false)
            .set("spark.kryo.registrationRequired", "true")
            .set("spark.kryo.registrator", HindsightKryoRegistrator.class.getName());
    for (Serializer serializer : List.of(new JavaSerializer(conf), new KryoSerializer(conf))) {
      ByteArrayOutputStream together = new ByteArrayOutputStream();
      for (ShardPage page : pages) {
        ShardPage arrived = travel(serializer, page);
        together.writeBytes(arrived.bytes());
        assertArrayEquals(arrived.bytes(), travel(serializer, arrived).bytes());
      }
      assertArrayEquals(bytes(run), together.toByteArray());
    }
  }

  @Test
  void shouldHoldNoMoreThanItsSize() throws IOException {
    int head = headOf(run(SEQUENCES));
    List<ShardPage> pages = ShardPage.cut(run(SEQUENCES), 500);
    Serializer serializer = new JavaSerializer(new SparkConf(false));
    for (int i = 0; i < pages.size(); i++) {
      int most = i == 0 ? head + 500 : 500;
      assertTrue(travel(serializer, pages.get(i)).bytes().length <= most, "page " + i);
    }
  }

  @Test
  void shouldBeOnePageWithoutSequences() throws IOException {
    TaskShards empty = run(0);
    List<ShardPage> pages = ShardPage.cut(empty, 100);
    assertEquals(1, pages.size());
    ShardPage arrived = travel(new JavaSerializer(new SparkConf(false)), pages.get(0));
    assertArrayEquals(bytes(empty), arrived.bytes());
  }

  @Test
  void shouldTellSparkItsSizeWithoutTheRunBehindIt() throws IOException {
    ShardPage page = ShardPage.cut(run(SEQUENCES), 1000).get(0);
    assertTrue(SizeEstimator.estimate(page) < 1000, "what it refers to is the run's");
    ShardPage arrived = travel(new JavaSerializer(new SparkConf(false)), page);
    assertTrue(SizeEstimator.estimate(arrived) >= arrived.bytes().length, "bytes are its own");
  }

  private static ShardPage travel(Serializer serializer, ShardPage page) {
    ByteBuffer bytes = serializer.newInstance().serialize(page, PAGE);
    return serializer.newInstance().deserialize(bytes, PAGE);
  }

  private static byte[] bytes(TaskShards run) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    run.writeHead(out);
    for (var shard : run.shards()) {
      ShardCodec.writeRecords(out, shard);
    }
    return bytes.toByteArray();
  }

  private static int headOf(TaskShards run) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    run.writeHead(new DataOutputStream(bytes));
    return bytes.size();
  }

  private static TaskShards run(int count) {
    List<Sequence> sequences = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] numbers = new double[2 * (1 + i % 9)];
      Arrays.setAll(numbers, n -> n * 0.7);
      int length = numbers.length / 2;
      sequences.add(
          Sequence.ofFeatures("Sequenz \u00e4 " + i, numbers, length).withClasses(new int[length]));
    }
    NetworkSpec spec =
        NetworkSpec.plain(
            InputSpec.dense(2),
            new GruCell(),
            List.of(4),
            new OutputSpec(3, Loss.SOFTMAX_CROSS_ENTROPY, At.EVERY_STEP));
    ShardPlan plan =
        RankedWindows.plan(sequences, 30, OptionalInt.empty(), CarriedWindows.following(4));
    return TaskShards.split(spec, plan, 3, 1).get(0);
  }
}
