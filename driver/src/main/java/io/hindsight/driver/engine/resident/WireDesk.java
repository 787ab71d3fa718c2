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
import org.apache.spark.SparkConf;

/** Translates between the coordinator and stations in other processes; one thread calls it. */
final class WireDesk {
  /** Longest body of a message, in bytes. */
  static final String MOST = "spark.hindsight.message.bytes";

  private static final int DEFAULT_MOST = 1 << 20;
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

  byte[][] answer(WireMessage message) throws IOException {
    return switch (message.kind()) {
      case PUT -> put(message);
      case FETCH -> fetch(message);
      case TURN -> turn(message);
    };
  }

  /** Begins anew with the first piece: the station may have had to ask again. */
  private byte[][] put(WireMessage message) throws IOException {
    if (!uploads.containsKey(message.station())) {
      uploads.keySet().retainAll(coordinator.names()); // some were killed while they sent
    }
    List<byte[]> upload = uploads.computeIfAbsent(message.station(), station -> new ArrayList<>());
    if (message.piece() == 0) {
      upload.clear();
    }
    long bytes = upload.stream().mapToLong(piece -> piece.length).sum() + message.body().length;
    if (message.piece() != upload.size() || bytes > longest) {
      throw coordinator.refuse(
          "piece %d of results after %d of them, with which they have %d bytes of at most %d"
              .formatted(message.piece(), upload.size(), bytes, longest));
    }
    upload.add(message.body());
    return WireAnswer.piece(EMPTY);
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

  private List<StepResult> read(List<byte[]> results, int last) throws IOException {
    if (results.size() != last + 1L) {
      throw new IOException(
          "results refused: of their %d pieces, %d are there".formatted(last + 1L, results.size()));
    }
    return StepBytes.readResults(Pieces.of(results), spec);
  }

  private byte[][] turn(WireMessage message) throws IOException {
    List<byte[]> upload = uploads.remove(message.station());
    List<byte[]> results = upload == null || message.piece() == 0 ? new ArrayList<>() : upload;
    results.add(message.body());
    Turn turn =
        new Turn(
            message.engine(),
            message.station(),
            message.seats(),
            message.step(),
            message.ranges(),
            () -> read(results, message.piece()));
    Answer answer = coordinator.answer(turn);
    if (answer instanceof Answer.Pause pause) {
      return WireAnswer.pause(pause.nanos());
    }
    if (answer instanceof Answer.Work work) {
      return WireAnswer.work(
          work.step(), work.input().map(step -> step.pieces(most)), work.ranges());
    }
    return WireAnswer.stop();
  }
}
