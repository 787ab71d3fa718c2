package io.hindsight.driver.engine.resident;

import io.hindsight.driver.engine.wire.Pieces;
import io.hindsight.driver.engine.wire.StepBytes;
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
  private final int most;
  private final Map<String, List<byte[]>> uploads = new HashMap<>(); // by station

  WireDesk(Coordinator coordinator, NetworkSpec spec, SparkConf conf) {
    this.coordinator = coordinator;
    this.spec = spec;
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
    List<byte[]> upload = uploads.computeIfAbsent(message.station(), station -> new ArrayList<>());
    if (message.piece() == 0) {
      upload.clear();
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
            () -> StepBytes.readResults(Pieces.of(results), spec));
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
