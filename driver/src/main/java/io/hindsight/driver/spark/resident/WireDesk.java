package io.hindsight.driver.spark.resident;

import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.spark.codec.Pieces;
import io.hindsight.driver.spark.codec.StepBytes;
import io.hindsight.driver.spark.placement.OfferedShards;
import io.hindsight.driver.step.StepResult;
import io.hindsight.driver.step.Waiting;
import io.hindsight.kernels.network.NetworkSpec;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;

/** Translates between the coordinator and stations in other processes; one thread calls it. */
final class WireDesk {
  private static final long MOST_HOLD_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** The engine's thread may spin beside the one that answers, or that beside it. */
  private static final boolean SPINS = Waiting.isCoreForEach(2);

  private static final byte[] EMPTY = {};

  private final Coordinator coordinator;
  private final NetworkSpec spec;
  private final OfferedShards shards;
  private final long longest; // bytes that results can have
  private final int most;
  private final Map<String, Upload> uploads = new HashMap<>(); // by station

  WireDesk(
      Coordinator coordinator,
      NetworkSpec spec,
      ShardPlan plan,
      OfferedShards shards,
      SparkConf conf) {
    this.coordinator = coordinator;
    this.spec = spec;
    this.shards = shards;
    longest = StepBytes.mostBytes(spec, plan);
    most = Pieces.mostBytes(conf);
  }

  byte[][] answer(WireMessage message) throws Exception {
    coordinator.hear(message.station());
    return switch (message.kind()) {
      case PUT -> put(message);
      case FETCH -> fetch(message);
      case PAGE -> page(message);
      case TURN -> turn(message);
    };
  }

  private byte[][] put(WireMessage message) throws IOException {
    Upload upload = upload(message);
    long bytes = upload.bytes() + message.body().length;
    if (bytes > longest) {
      throw coordinator.refuse(
          "pieces of %d bytes, where results have at most %d".formatted(bytes, longest));
    }
    if (message.piece() < 0 || !upload.add(message.piece(), message.body())) {
      throw coordinator.refuse("piece %d is none, or came twice".formatted(message.piece()));
    }
    return WireAnswer.piece(EMPTY);
  }

  /** A new one for a new question: the answer to the one before may have been lost. */
  private Upload upload(WireMessage message) {
    Upload upload = uploads.get(message.station());
    if (upload == null || upload.question() < message.question()) {
      forgetTheLost();
      upload = new Upload(message.question());
      uploads.put(message.station(), upload);
    }
    if (upload.question() > message.question()) {
      throw coordinator.refuse(
          "piece %d of question %d, but question %d has come"
              .formatted(message.piece(), message.question(), upload.question()));
    }
    return upload;
  }

  /** Executors that were killed in the middle of sending leave their pieces here. */
  private void forgetTheLost() {
    uploads.keySet().retainAll(coordinator.names());
  }

  /** Nothing is found when the step is over: the station cannot use it, and asks again. */
  private byte[][] fetch(WireMessage wish) throws IOException {
    byte[] piece =
        coordinator
            .publication()
            .filter(step -> step.request().step() == wish.step())
            .map(step -> step.pieces(most))
            .filter(pieces -> wish.piece() >= 0 && wish.piece() < pieces.count())
            .map(pieces -> pieces.get(wish.piece()))
            .orElse(EMPTY);
    return WireAnswer.piece(piece);
  }

  private byte[][] page(WireMessage wish) throws IOException {
    int shard = wish.ranges().size() == 1 ? wish.ranges().get(0).first() : -1;
    if (shard < 0 || shard >= shards.size()) {
      throw coordinator.refuse(
          "a page of the shards %s, where there are %d".formatted(wish.ranges(), shards.size()));
    }
    return WireAnswer.piece(shards.page(shard, wish.piece()));
  }

  private List<StepResult> read(Upload before, WireMessage last) throws IOException {
    List<byte[]> all = before.inOrder();
    if (all.size() != last.piece()) {
      throw new IOException(
          "results refused: %d of %d pieces are there".formatted(all.size(), last.piece()));
    }
    all.add(last.body());
    return StepBytes.readResults(Pieces.of(all), spec);
  }

  private byte[][] turn(WireMessage message) throws Exception {
    Upload before = takeUpload(message);
    Turn turn =
        new Turn(
            message.engine(),
            message.station(),
            message.seats(),
            message.step(),
            message.ranges(),
            () -> read(before, message));
    Answer answer = answer(turn);
    if (answer instanceof Answer.Pause pause) {
      return WireAnswer.pause(pause.nanos());
    }
    if (answer instanceof Answer.Work work) {
      return WireAnswer.work(
          work.step(), work.input().map(step -> step.pieces(most)), work.ranges());
    }
    return WireAnswer.stop();
  }

  /** What came ahead of a message. A farewell may be late; then what has come is not for it. */
  private Upload takeUpload(WireMessage message) {
    Upload upload = uploads.get(message.station());
    if (upload == null || upload.question() > message.question()) {
      return new Upload(message.question());
    }
    uploads.remove(message.station());
    return upload.question() == message.question() ? upload : new Upload(message.question());
  }

  /**
   * Holds the answer for a moment where the next step is about to begin: asking again costs the
   * station more. All others wait meanwhile, but none of them has results to bring.
   */
  private Answer answer(Turn turn) throws InterruptedException {
    long news = coordinator.news();
    Answer answer = coordinator.answer(turn);
    boolean worthWaiting = answer instanceof Answer.Pause && coordinator.isStepDue(MOST_HOLD_NANOS);
    return worthWaiting && coordinator.awaitNews(news, MOST_HOLD_NANOS, SPINS)
        ? coordinator.answer(turn.emptyHanded())
        : answer;
  }
}
