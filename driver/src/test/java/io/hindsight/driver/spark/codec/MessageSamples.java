package io.hindsight.driver.spark.codec;

import io.hindsight.datasets.PackedTexts;
import io.hindsight.datasets.chunks.ChunkRows;
import io.hindsight.datasets.encoded.PartCuts;
import io.hindsight.datasets.stored.EncodedFile;
import io.hindsight.datasets.stored.RowShape;
import io.hindsight.datasets.stored.StoredIndex;
import io.hindsight.datasets.stored.StoredSequences;
import io.hindsight.datasets.windows.Windows;
import io.hindsight.driver.data.StorageFolder;
import io.hindsight.driver.shard.CarriedWindows;
import io.hindsight.driver.shard.RankedWindows;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.spark.placement.ShardPage;
import io.hindsight.driver.spark.placement.TaskShards;
import io.hindsight.driver.step.ParameterSlices;
import io.hindsight.driver.step.StepRequest;
import io.hindsight.driver.step.StepResult;
import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Statics;
import io.hindsight.kernels.network.EmbeddingSpec;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectOutput;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Sound messages of a small network, from which the fuzzer starts. */
public final class MessageSamples {
  /** The network of all messages. */
  public static final NetworkSpec SPEC =
      NetworkSpec.plain(
          InputSpec.dense(
              1, 1, List.of(new EmbeddingSpec(3, 2, false), new EmbeddingSpec(2, 1, true))),
          new LstmCell(),
          List.of(2),
          new OutputSpec(2, Loss.SOFTMAX_CROSS_ENTROPY, At.EVERY_STEP));

  private static final int PIECE = 64; // bytes; some numbers lie in two pieces then

  private MessageSamples() {}

  /** A message as it comes in pieces. */
  static Pieces pieces(byte[] message) {
    List<byte[]> pieces = new ArrayList<>();
    for (int from = 0; from < message.length; from += PIECE) {
      pieces.add(Arrays.copyOfRange(message, from, Math.min(message.length, from + PIECE)));
    }
    return Pieces.of(pieces);
  }

  /**
   * Writes the seeds anew, after a change of the messages' form.
   *
   * @param args the folder of the corpus
   */
  public static void main(String[] args) throws IOException {
    Path corpus = Path.of(args[0]);
    for (boolean carries : new boolean[] {false, true}) {
      String name = carries ? "sound-carried" : "sound-plain";
      StepInput input = input(carries);
      TaskShards run = run();
      StepReply reply = run.compute(input, 1);
      StepResult result = reply.result();
      StepReply slice =
          reply.slice(ParameterSlices.of(new ParameterLayout(SPEC).denseSize(), 1), 0);
      write(
          corpus,
          "InputBytesFuzz",
          name,
          joined(StepBytes.ofInput(weights(), input.request(), PIECE)));
      write(
          corpus,
          "ResultBytesFuzz",
          name,
          joined(StepBytes.ofResults(List.of(result, result), PIECE)));
      write(corpus, "StepInputFuzz", name, bytes(input));
      write(corpus, "StepReplyFuzz", name, bytes(reply));
      write(
          corpus,
          "SliceReplyFuzz",
          name,
          bytes(slice.merged(0, slice.result(), List.of(result.withoutGradients()))));
      write(corpus, "TaskShardsFuzz", name, bytes(run));
      write(
          corpus,
          "ShardPageFuzz",
          name,
          bytes(ShardPage.cut(run, carries ? PIECE : 1 << 20).get(0)));
    }
    write(corpus, "TaskShardsFuzz", "sound-stored", bytes(stored()));
    write(corpus, "SliceReplyFuzz", "sound-refusal", bytes(SliceReply.refused("twice")));
  }

  private static StepInput input(boolean carries) {
    Optional<CarriedState> carried =
        carries ? Optional.of(new CarriedState(SPEC, 1)) : Optional.empty();
    long fingerprint = weights().fingerprint();
    return new StepInput(
        weights(),
        new StepRequest(1L << 60, 12, 0, 1, fingerprint, Backpropagation.truncated(2), carried));
  }

  private static Parameters weights() {
    Parameters weights = new Parameters(new ParameterLayout(SPEC));
    Arrays.setAll(weights.values(), i -> (i * 37 % 101 - 50) / 200.0);
    return weights;
  }

  private static TaskShards run() {
    List<Sequence> sequences = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int[] ids = {i % 2, 1, 0, i / 2};
      sequences.add(
          Sequence.ofFeatures("\u00e4" + i, new double[] {i, 1, 0, -0.5}, ids.length)
              .withCategories(ids)
              .withStatics(new Statics(new double[] {0.5 * i}, new int[] {i % 2}))
              .withClasses(ids));
    }
    ShardPlan plan =
        RankedWindows.plan(sequences, 8, OptionalInt.empty(), CarriedWindows.following(2));
    return TaskShards.split(SPEC, plan, 3, 1).get(0);
  }

  /** Shards whose sequences are in files, of which the messages tell the place alone. */
  private static TaskShards stored() {
    RowShape shape = new RowShape(2, new RowShape.Beside(1, 2, 1), 1, false, true);
    StorageFolder folder = new StorageFolder("hdfs://h/data", new TreeMap<>(Map.of("a.b", "c")));
    PackedTexts.Builder ids = new PackedTexts.Builder();
    ids.add(ByteBuffer.wrap(new byte[] {'a'}), 1);
    ids.add(ByteBuffer.wrap(new byte[] {'b'}), 1);
    StoredSequences sequences =
        new StoredSequences(
            new EncodedFile((place, values) -> {}, shape),
            new StoredIndex(
                ids.build(),
                new long[] {12, 200},
                new int[] {188, 99},
                new int[] {5, 3},
                new PartCuts[] {new PartCuts(5, 5), new PartCuts(3, 3)},
                new BitSet()),
            0,
            new ChunkRows(folder, shape));
    ShardPlan plan =
        RankedWindows.of(Windows.training(sequences, 4, 2))
            .plan(8, OptionalInt.empty(), CarriedWindows.WHOLE);
    return TaskShards.split(SPEC, plan, 3, 1).get(0);
  }

  private static byte[] joined(Pieces pieces) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < pieces.count(); i++) {
      all.writeBytes(pieces.get(i));
    }
    return all.toByteArray();
  }

  private static byte[] bytes(Externalizable message) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    message.writeExternal(new PlainOutput(bytes));
    return bytes.toByteArray();
  }

  private static void write(Path corpus, String target, String name, byte[] seed)
      throws IOException {
    Files.write(Files.createDirectories(corpus.resolve(target)).resolve(name), seed);
  }

  /** The counterpart of {@link PlainInput}. */
  private static final class PlainOutput extends DataOutputStream implements ObjectOutput {
    PlainOutput(ByteArrayOutputStream bytes) {
      super(bytes);
    }

    @Override
    public void writeObject(Object object) {
      throw new UnsupportedOperationException("nothing here is written as an object");
    }
  }
}
