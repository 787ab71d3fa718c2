package io.hindsight.driver.spark.placement;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.stored.LocalFolder;
import io.hindsight.driver.spark.codec.ArrayCodec;
import io.hindsight.driver.spark.codec.InputBytesFuzz;
import io.hindsight.driver.spark.codec.MessageSamples;
import io.hindsight.driver.spark.codec.NetworkCodec;
import io.hindsight.driver.spark.codec.PlainInput;
import io.hindsight.driver.spark.codec.ResultBytesFuzz;
import io.hindsight.driver.spark.codec.SliceReply;
import io.hindsight.driver.spark.codec.StepInput;
import io.hindsight.driver.spark.codec.StepReply;
import io.hindsight.fuzz.Parsing;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.network.ParameterLayout;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers in messages that cannot be true are refused before memory is taken by them. */
class MalformedMessagesTest {
  private static final int MOST = Integer.MAX_VALUE;

  /** Writes a message. */
  private interface Content {
    void writeTo(DataOutputStream out) throws IOException;
  }

  @Test
  void shouldTakeNoMemoryForWhatDoesNotFollow() throws IOException {
    refuse(in -> new ShardPage().readExternal(in), out -> out.writeInt(MOST));
    refuse(in -> new SliceReply().readExternal(in), out -> out.writeInt(MOST));
    refuse(in -> new StepInput().readExternal(in), MalformedMessagesTest::manyWeights);
    refuse(in -> new TaskShards().read(in), out -> shard(out, 8, MOST, 1, 0));
    refuse(in -> new TaskShards().read(in), out -> shard(out, 8, 1, 1, MOST));
  }

  @Test
  void shouldRefuseShardsThatThereAreNone() throws IOException {
    refuse(in -> new TaskShards().read(in), out -> shard(out, 1, -1, 1, 0));
    refuse(in -> new TaskShards().read(in), out -> shard(out, 9, 0, 1, 0));
    refuse(in -> new TaskShards().read(in), out -> shard(out, 1, 0, 0, 0));
    refuse(in -> new TaskShards().read(in), out -> shard(out, 1, 0, 1, -1));
    refuse(in -> new TaskShards().read(in), out -> shard(out, 1, 1, 1, 0));
  }

  @Test
  void shouldRefuseNetworksThatThereAreNone() throws IOException {
    refuse(in -> new StepReply().readExternal(in), out -> ArrayCodec.writeText(out, "PIXELS"));
    refuse(
        in -> new StepReply().readExternal(in),
        out -> {
          ArrayCodec.writeText(out, "TOKENS");
          out.writeInt(0);
        });
    refuse(
        in -> new StepInput().readExternal(in),
        out -> {
          NetworkCodec.write(out, MessageSamples.SPEC);
          ArrayCodec.writeDoubles(out, new double[1]);
        });
  }

  @Test
  void shouldRefuseANegativeNumberOfBlocks() throws IOException {
    byte[] request = bytes(out -> request(out, -1));
    assertFalse(InputBytesFuzz.accepts(request));
    refuse(
        in -> new StepInput().readExternal(in),
        out -> {
          NetworkCodec.write(out, MessageSamples.SPEC);
          ArrayCodec.writeDoubles(out, new double[new ParameterLayout(MessageSamples.SPEC).size()]);
          request(out, -1);
        });
  }

  @Test
  void shouldRefuseRowsOfTablesThatThereAreNone() throws IOException {
    assertTrue(accepts(out -> result(out, new int[] {0, 2, 3}, 5)));
    assertFalse(accepts(out -> result(out, new int[] {0, 2, 5}, 5)));
    assertFalse(accepts(out -> result(out, new int[] {2, 0}, 4)));
    assertFalse(accepts(out -> result(out, new int[] {2, 2}, 4)));
    assertFalse(accepts(out -> result(out, new int[] {0, 2, 3}, 6)));
    assertFalse(accepts(out -> result(out, new int[] {-1}, 2)));
  }

  private static boolean accepts(Content result) throws IOException {
    return ResultBytesFuzz.accepts(bytes(result));
  }

  /** Results that are one of one shard. */
  private static void result(DataOutputStream out, int[] rows, int elements) throws IOException {
    ParameterLayout layout = new ParameterLayout(MessageSamples.SPEC);
    out.writeInt(1);
    out.write(new byte[3 * Long.BYTES + Integer.BYTES]);
    out.writeInt(1);
    out.writeInt(1); // subtree
    out.writeInt(0);
    out.writeInt(0);
    ArrayCodec.writeDoubles(out, new double[layout.denseSize()]);
    ArrayCodec.writeInts(out, rows);
    ArrayCodec.writeDoubles(out, new double[elements]);
    out.writeDouble(1); // loss
    out.writeDouble(1); // weight
    out.writeLong(1);
    out.writeInt(0); // no states
    out.writeBoolean(false);
    out.writeInt(1);
    out.writeLong(1);
  }

  @Test
  void shouldTakeNoMemoryForStatesThatDoNotFollow() throws IOException {
    int most = MOST / 2 / SequenceBatch.LANES; // of two units
    refuse(
        in -> new StepInput().readExternal(in),
        out -> {
          NetworkCodec.write(out, MessageSamples.SPEC);
          ArrayCodec.writeDoubles(out, new double[new ParameterLayout(MessageSamples.SPEC).size()]);
          request(out, most);
          out.writeInt(most * 2 * SequenceBatch.LANES);
        });
    assertFalse(InputBytesFuzz.accepts(bytes(out -> request(out, most))));
    assertFalse(InputBytesFuzz.accepts(bytes(out -> request(out, MOST))));
  }

  @Test
  void shouldTakeRoomInAFileOnlyForWhatFollows(@TempDir Path folder) throws IOException {
    ShardMemory full = new ShardMemory(-1, new LocalFolder(folder, false), new AtomicLong());
    ShardCodec.Head head = new ShardCodec.Head(0, 0, 1, List.of(MOST), 0, Optional.empty());
    byte[] none = {};
    assertFalse(
        Parsing.accepts(
            none, in -> ShardCodec.readRecords(data(in), head, full), IOException.class));
    byte[] negative = bytes(out -> out.writeLong(-1));
    byte[] record = Arrays.copyOf(negative, ShardCodec.PREFIX);
    assertThrows(IOException.class, () -> ShardCodec.readRecords(data(record), head, full));
  }

  @Test
  void shouldReadArraysLongerThanWhatIsReadAtOnce() throws IOException {
    double[] numbers = new double[(2 << 20) + 3];
    Arrays.setAll(numbers, Math::sqrt);
    int[] ids = new int[numbers.length];
    Arrays.setAll(ids, i -> i);
    String text = "\u00e4".repeat(3 << 20);
    byte[] written =
        bytes(
            out -> {
              ArrayCodec.writeDoubles(out, numbers);
              ArrayCodec.writeInts(out, ids);
              ArrayCodec.writeText(out, text);
            });
    DataInputStream in = data(written);
    assertArrayEquals(numbers, ArrayCodec.readDoubles(in));
    assertArrayEquals(ids, ArrayCodec.readInts(in));
    assertEquals(text, ArrayCodec.readText(in));
  }

  private static void manyWeights(DataOutputStream out) throws IOException {
    NetworkCodec.write(out, MessageSamples.SPEC);
    out.writeInt(MOST);
  }

  private static void request(DataOutputStream out, int blocks) throws IOException {
    for (int i = 0; i < 5; i++) {
      out.writeLong(i);
    }
    out.writeInt(1);
    out.writeInt(blocks);
  }

  /**
   * A run of one shard, whose slots have so many sequences each; the first of them is read as one
   * of {@code length} steps, or of none for −1.
   */
  private static void shard(DataOutputStream out, int slots, int count, int blocks, int length)
      throws IOException {
    NetworkCodec.write(out, MessageSamples.SPEC);
    out.writeInt(1);
    out.writeLong(0);
    out.writeInt(0);
    out.writeInt(1);
    out.writeInt(0);
    out.writeInt(0);
    out.writeInt(blocks);
    out.writeInt(slots);
    for (int slot = 0; slot < slots; slot++) {
      out.writeInt(count);
    }
    out.writeLong(length < 0 ? -1 : 100);
    out.writeLong(100);
    out.writeInt(length);
    ArrayCodec.writeText(out, "id");
    out.writeInt(0);
    out.writeBoolean(true);
    out.writeInt(length);
  }

  private static void refuse(WireParser parser, Content content) throws IOException {
    byte[] message = bytes(content);
    assertFalse(Parsing.accepts(message, in -> parser.read(new PlainInput(in)), IOException.class));
  }

  /** Reads a message. */
  private interface WireParser {
    void read(PlainInput in) throws IOException;
  }

  private static DataInputStream data(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }

  private static byte[] bytes(Content content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    content.writeTo(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }
}
