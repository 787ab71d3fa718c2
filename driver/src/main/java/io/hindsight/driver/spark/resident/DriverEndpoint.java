package io.hindsight.driver.spark.resident;

import io.hindsight.driver.spark.codec.Pieces;
import io.hindsight.driver.spark.codec.StepBytes;
import io.hindsight.driver.spark.placement.OfferedShards;
import io.hindsight.driver.step.StepResult;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.team.Waiting;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;

/** Translates between the coordinator and workers in other processes; one thread calls it. */
final class DriverEndpoint {
  private static final long MOST_HOLD_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** The engine's thread may spin beside the one that answers, or that beside it. */
  private static final boolean SPINS = Waiting.isCoreForEach(2);

  private static final byte[] EMPTY = {};

  private final Coordinator coordinator;
  private final NetworkSpec spec;
  private final OfferedShards shards;
  private final long longest; // bytes that results can have
  private final int most;
  private final Uploads uploads;

  /**
   * For the workers of an engine.
   *
   * @param longest bytes that results can have
   */
  DriverEndpoint(
      Coordinator coordinator,
      NetworkSpec spec,
      long longest,
      OfferedShards shards,
      SparkConf conf) {
    this.coordinator = coordinator;
    this.spec = spec;
    this.shards = shards;
    uploads = new Uploads(coordinator);
    this.longest = longest;
    most = Pieces.mostBytes(conf);
  }

  byte[][] answer(WorkerMessage message) throws Exception {
    coordinator.hear(message.worker());
    return switch (message.kind()) {
      case PUT -> put(message);
      case FETCH -> fetch(message);
      case PAGE -> page(message);
      case POLL -> poll(message);
    };
  }

  private byte[][] put(WorkerMessage message) throws IOException {
    Upload upload = uploads.of(message);
    long bytes = upload.bytes() + message.body().length;
    if (bytes > longest) {
      throw coordinator.refuse(
          "pieces of %d bytes, where results have at most %d".formatted(bytes, longest));
    }
    if (message.piece() < 0 || !upload.add(message.piece(), message.body())) {
      throw coordinator.refuse("piece %d is none, or came twice".formatted(message.piece()));
    }
    return DriverReply.piece(EMPTY);
  }

  /** Nothing is found when the step is over: the worker cannot use it, and asks again. */
  private byte[][] fetch(WorkerMessage wish) throws IOException {
    byte[] piece =
        coordinator
            .input()
            .filter(step -> step.request().step() == wish.step())
            .map(step -> step.pieces(most))
            .filter(pieces -> wish.piece() >= 0 && wish.piece() < pieces.count())
            .map(pieces -> pieces.get(wish.piece()))
            .orElse(EMPTY);
    return DriverReply.piece(piece);
  }

  private byte[][] page(WorkerMessage wish) throws IOException {
    int shard = wish.ranges().size() == 1 ? wish.ranges().get(0).first() : -1;
    if (shard < 0 || shard >= shards.size()) {
      throw coordinator.refuse(
          "a page of the shards %s, where there are %d".formatted(wish.ranges(), shards.size()));
    }
    return DriverReply.piece(shards.page(shard, wish.piece()));
  }

  private List<StepResult> read(Upload before, WorkerMessage last) throws IOException {
    List<byte[]> all = before.inOrder();
    if (all.size() != last.piece()) {
      throw new IOException(
          "results refused: %d of %d pieces are there".formatted(all.size(), last.piece()));
    }
    all.add(last.body());
    return StepBytes.readResults(Pieces.of(all), spec);
  }

  private byte[][] poll(WorkerMessage message) throws Exception {
    Upload before = uploads.take(message);
    Poll poll =
        new Poll(
            message.engine(),
            message.worker(),
            message.tasks(),
            message.step(),
            message.ranges(),
            () -> read(before, message));
    PollReply answer = answer(poll);
    if (answer instanceof PollReply.Wait pause) {
      return DriverReply.pause(pause.nanos());
    }
    if (answer instanceof PollReply.Work work) {
      return DriverReply.work(
          work.step(), work.input().map(step -> step.pieces(most)), work.ranges());
    }
    return DriverReply.stop();
  }

  /**
   * Holds the answer for a moment where the next step is about to begin: asking again costs the
   * worker more. All others wait meanwhile, but none of them has results to bring.
   */
  private PollReply answer(Poll poll) throws InterruptedException {
    long version = coordinator.version();
    PollReply answer = coordinator.answer(poll);
    boolean worthWaiting =
        answer instanceof PollReply.Wait && coordinator.isStepDue(MOST_HOLD_NANOS);
    return worthWaiting && coordinator.awaitChange(version, MOST_HOLD_NANOS, SPINS)
        ? coordinator.answer(poll.withoutResults())
        : answer;
  }
}
