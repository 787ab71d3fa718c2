package io.hindsight.driver.engine.resident;

import io.hindsight.driver.engine.wire.Pieces;
import io.hindsight.driver.engine.wire.StepBytes;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.shard.StepResult;
import io.hindsight.kernels.network.NetworkSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;

/** Translates between the coordinator and stations in other processes; one thread calls it. */
final class WireDesk {
  /** Longest body of a message, in bytes. */
  static final String MOST = "spark.hindsight.message.bytes";

  private static final int DEFAULT_MOST = 1 << 20;
  private static final long MOST_HOLD_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final byte[] EMPTY = {};

  private final Coordinator coordinator;
  private final NetworkSpec spec;
  private final long longest; // bytes that results can have
  private final int most;
  private final Map<String, List<byte[]>> uploads = new HashMap<>(); // by station

  WireDesk(Coordinator coordinator, NetworkSpec spec, ShardPlan plan, SparkConf conf) {
    this.coordinator = coordinator;
    this.spec = spec;
    longest = StepBytes.mostBytes(spec, plan);
    most = mostBytes(conf);
  }

  static int mostBytes(SparkConf conf) {
    return conf.getInt(MOST, DEFAULT_MOST);
  }

  byte[][] answer(WireMessage message) throws Exception {
    return switch (message.kind()) {
      case PUT -> put(message);
      case FETCH -> fetch(message);
      case TURN -> turn(message);
    };
  }

  /** Begins anew with the first piece: the station may have had to ask again. */
  private byte[][] put(WireMessage message) throws IOException {
    if (message.piece() == 0) {
      forgetTheLost();
      uploads.put(message.station(), new ArrayList<>());
    }
    List<byte[]> upload = uploads.getOrDefault(message.station(), List.of());
    long bytes = message.body().length + upload.stream().mapToLong(each -> each.length).sum();
    if (message.piece() != upload.size() || bytes > longest) {
      throw coordinator.refuse(
          "piece %d, where %d were expected before it, with %d bytes in all, where results have at most %d"
              .formatted(message.piece(), upload.size(), bytes, longest));
    }
    upload.add(message.body());
    return WireAnswer.piece(EMPTY);
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
            .filter(pieces -> wish.piece() < pieces.count())
            .map(pieces -> pieces.get(wish.piece()))
            .orElse(EMPTY);
    return WireAnswer.piece(piece);
  }

  private List<StepResult> read(List<byte[]> before, WireMessage last) throws IOException {
    if (before.size() != last.piece()) {
      throw new IOException(
          "results refused: %d of %d pieces are there".formatted(before.size(), last.piece()));
    }
    List<byte[]> all = new ArrayList<>(before);
    all.add(last.body());
    return StepBytes.readResults(Pieces.of(all), spec);
  }

  private byte[][] turn(WireMessage message) throws Exception {
    List<byte[]> upload = uploads.remove(message.station());
    List<byte[]> before = upload == null || message.piece() == 0 ? List.of() : upload;
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

  /**
   * Holds the answer for a moment where the next step is about to begin: asking again costs the
   * station more. All others wait meanwhile, but none of them has results to bring.
   */
  private Answer answer(Turn turn) throws InterruptedException {
    long news = coordinator.news();
    Answer answer = coordinator.answer(turn);
    boolean worthWaiting = answer instanceof Answer.Pause && coordinator.isStepDue(MOST_HOLD_NANOS);
    return worthWaiting && coordinator.awaitNews(news, MOST_HOLD_NANOS)
        ? coordinator.answer(turn.emptyHanded())
        : answer;
  }
}
