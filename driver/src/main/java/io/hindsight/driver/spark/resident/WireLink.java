package io.hindsight.driver.spark.resident;

import io.hindsight.driver.shard.Shard;
import io.hindsight.driver.spark.codec.Pieces;
import io.hindsight.driver.spark.codec.StepBytes;
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

/** A station's way to a driver in another process: messages as bytes, large ones in pieces. */
final class WireLink implements Link {
  private static final byte[] EMPTY = {};

  private final PluginContext spark;
  private final long engine;
  private final String station;
  private final Parameters
      weights; // of the latest step; a station begins one when none is going on
  private final int most; // bytes of a message's body
  private final Ferry ferry = new Ferry();
  private final AtomicLong questions = new AtomicLong(); // asked so far

  WireLink(PluginContext spark, NetworkSpec spec, long engine, String station) {
    this.spark = spark;
    this.engine = engine;
    this.station = station;
    weights = new Parameters(new ParameterLayout(spec));
    most = Pieces.mostBytes(spark.conf());
  }

  @Override
  public Answer ask(Turn turn) throws Exception {
    byte[][] answer = send(withResults(turn));
    DataInputStream head = WireAnswer.head(answer);
    return switch (head.readUnsignedByte()) {
      case WireAnswer.STOP -> new Answer.Stop();
      case WireAnswer.PAUSE -> new Answer.Pause(head.readLong());
      case WireAnswer.WORK -> work(turn, head, answer[1]);
      default -> throw new IOException("the driver's answer is none that a station knows");
    };
  }

  /** Puts all pieces of the results ahead but the last, which comes with the turn. */
  private WireMessage withResults(Turn turn) throws Exception {
    long question = questions.getAndIncrement();
    if (turn.computed().isEmpty()) {
      return WireMessage.turn(turn, question, 0, EMPTY);
    }
    Pieces results = StepBytes.ofResults(turn.results().open(), most);
    int last = results.count() - 1;
    List<Callable<byte[][]>> puts = new ArrayList<>();
    for (int i = 0; i < last; i++) {
      int piece = i;
      puts.add(() -> send(WireMessage.put(turn, question, piece, results.get(piece))));
    }
    ferry.carry(puts);
    return WireMessage.turn(turn, question, last, results.get(last));
  }

  private Answer work(Turn turn, DataInputStream head, byte[] first) throws Exception {
    long step = head.readLong();
    int count = head.readInt();
    List<ShardRange> ranges = WireMessage.readRanges(head);
    if (count == 0) {
      return new Answer.Work(step, Optional.empty(), ranges);
    }
    List<Callable<byte[]>> fetches = new ArrayList<>();
    fetches.add(() -> first);
    for (int i = 1; i < count; i++) {
      int piece = i;
      fetches.add(() -> send(WireMessage.fetch(turn, step, piece))[1]);
    }
    List<byte[]> pieces = ferry.carry(fetches);
    return new Answer.Work(step, Optional.of(publication(Pieces.of(pieces))), ranges);
  }

  /** The weights must be those that the request names: the driver refuses the results otherwise. */
  private StepPublication publication(Pieces input) throws IOException {
    StepRequest request = StepBytes.readInput(input, weights);
    long fingerprint = weights.fingerprint();
    if (fingerprint != request.weights()) {
      throw new IOException(
          "step %d came with weights %x, but asks for a gradient at %x"
              .formatted(request.step(), fingerprint, request.weights()));
    }
    return new StepPublication(weights, request);
  }

  /** Page by page, so that neither side holds many beside the shard; see {@link PagesAhead}. */
  @Override
  public Shard shard(int id) {
    return ShardSource.read(new PagesAhead(ferry, page -> page(id, page), most));
  }

  private byte[] page(int shard, int number) throws Exception {
    WireMessage wish = WireMessage.page(engine, station, shard, number);
    byte[][] answer = Patiently.ask(() -> send(wish));
    if (WireAnswer.head(answer).readUnsignedByte() != WireAnswer.PIECE) {
      throw new IOException("the run has ended");
    }
    return answer[1];
  }

  private byte[][] send(WireMessage message) throws Exception {
    return (byte[][]) spark.ask(message.write());
  }
}
