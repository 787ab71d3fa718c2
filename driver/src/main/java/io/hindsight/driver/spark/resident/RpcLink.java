package io.hindsight.driver.spark.resident;

import io.hindsight.driver.shard.Shard;
import io.hindsight.driver.spark.codec.Pieces;
import io.hindsight.driver.spark.codec.StepBytes;
import io.hindsight.driver.spark.codec.StepInput;
import io.hindsight.driver.spark.placement.ShardSource;
import io.hindsight.driver.step.ShardRange;
import io.hindsight.driver.step.StepRequest;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.api.plugin.PluginContext;

/** A worker's way to a driver in another process: messages as bytes, large ones in pieces. */
final class RpcLink implements DriverLink {
  private static final byte[] EMPTY = {};

  private final PluginContext spark;
  private final long engine;
  private final String worker;
  private final Parameters weights; // of the latest step; a worker begins one when none is going on
  private final int most; // bytes of a message's body
  private final ParallelCalls calls = new ParallelCalls();
  private final AtomicLong polls = new AtomicLong(); // asked so far

  RpcLink(PluginContext spark, NetworkSpec spec, long engine, String worker) {
    this.spark = spark;
    this.engine = engine;
    this.worker = worker;
    weights = new Parameters(new ParameterLayout(spec));
    most = Pieces.mostBytes(spark.conf());
  }

  @Override
  public PollReply ask(Poll poll) throws Exception {
    byte[][] answer = send(withResults(poll));
    DataInputStream head = DriverReply.head(answer);
    return switch (head.readUnsignedByte()) {
      case DriverReply.STOP -> new PollReply.Stop();
      case DriverReply.WAIT -> new PollReply.Wait(head.readLong());
      case DriverReply.WORK -> work(poll, head, answer[1]);
      default -> throw new IOException("the driver's answer is none that a worker knows");
    };
  }

  /** Puts all pieces of the results ahead but the last, which comes with the poll. */
  private WorkerMessage withResults(Poll poll) throws Exception {
    long pollNumber = polls.getAndIncrement();
    if (poll.computed().isEmpty()) {
      return WorkerMessage.poll(poll, pollNumber, 0, EMPTY);
    }
    Pieces results = StepBytes.ofResults(poll.results().open(), most);
    int last = results.count() - 1;
    List<Callable<byte[][]>> puts = new ArrayList<>();
    for (int i = 0; i < last; i++) {
      int piece = i;
      puts.add(() -> send(WorkerMessage.put(poll, pollNumber, piece, results.get(piece))));
    }
    calls.callAll(puts);
    return WorkerMessage.poll(poll, pollNumber, last, results.get(last));
  }

  private PollReply work(Poll poll, DataInputStream head, byte[] first) throws Exception {
    long step = head.readLong();
    int count = head.readInt();
    List<ShardRange> ranges = WorkerMessage.readRanges(head);
    if (count == 0) {
      return new PollReply.Work(step, Optional.empty(), ranges);
    }
    List<Callable<byte[]>> fetches = new ArrayList<>();
    fetches.add(() -> first);
    for (int i = 1; i < count; i++) {
      int piece = i;
      fetches.add(() -> send(WorkerMessage.fetch(poll, step, piece))[1]);
    }
    List<byte[]> pieces = calls.callAll(fetches);
    return new PollReply.Work(step, Optional.of(input(Pieces.of(pieces))), ranges);
  }

  /** The weights must be those that the request names: the driver refuses the results otherwise. */
  private StepInput input(Pieces input) throws IOException {
    StepRequest request = StepBytes.readInput(input, weights);
    long fingerprint = weights.fingerprint();
    if (fingerprint != request.weights()) {
      throw new IOException(
          "step %d came with weights %x, but asks for those of %x"
              .formatted(request.step(), fingerprint, request.weights()));
    }
    return new StepInput(weights, request);
  }

  /** Page by page, so that neither side holds many beside the shard; see {@link PagesAhead}. */
  @Override
  public Shard shard(int place) {
    return ShardSource.read(new PagesAhead(calls, page -> page(place, page), most));
  }

  private byte[] page(int shard, int number) throws Exception {
    WorkerMessage wish = WorkerMessage.page(engine, worker, shard, number);
    byte[][] answer = Retries.ask(() -> send(wish));
    if (DriverReply.head(answer).readUnsignedByte() != DriverReply.PIECE) {
      throw new IOException("the run has ended");
    }
    return answer[1];
  }

  private byte[][] send(WorkerMessage message) throws Exception {
    return (byte[][]) spark.ask(message.write());
  }
}
