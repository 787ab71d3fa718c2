package io.hindsight.driver.engine.resident;

import io.hindsight.driver.engine.wire.StepBytes;
import io.hindsight.kernels.network.NetworkSpec;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.SparkConf;

/** Translates between the coordinator and stations in other processes; one thread calls it. */
final class WireDesk {
  /** Longest body of a message, in bytes; Spark refuses messages of 128 MiB. */
  static final String MOST = "spark.hindsight.message.bytes";

  private static final int DEFAULT_MOST = 64 << 20;
  private static final byte[] EMPTY = {};

  private final Coordinator coordinator;
  private final NetworkSpec spec;
  private final int most;
  private final Map<String, byte[]> uploads = new HashMap<>(); // by station

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

  private byte[][] put(WireMessage piece) throws IOException {
    int total = Math.toIntExact(piece.total());
    byte[] upload = uploads.get(piece.station());
    if (upload == null || upload.length != total) {
      upload = new byte[total];
      uploads.put(piece.station(), upload);
    }
    System.arraycopy(piece.body(), 0, upload, (int) piece.offset(), piece.body().length);
    return WireAnswer.piece(EMPTY);
  }

  /** Nothing is found when the step is over: the station then asks again. */
  private byte[][] fetch(WireMessage wish) throws IOException {
    byte[] input =
        coordinator
            .publication()
            .filter(step -> step.request().step() == wish.step())
            .map(StepPublication::bytes)
            .orElse(EMPTY);
    int from = (int) Math.min(input.length, wish.offset());
    int to = Math.min(input.length, from + most);
    return WireAnswer.piece(Arrays.copyOfRange(input, from, to));
  }

  private byte[][] turn(WireMessage message) throws IOException {
    byte[] uploaded = uploads.remove(message.station());
    byte[] results = message.body().length == message.total() ? message.body() : uploaded;
    Turn turn =
        new Turn(
            message.engine(),
            message.station(),
            message.seats(),
            message.step(),
            message.ranges(),
            () -> StepBytes.readResults(results, spec));
    Answer answer = coordinator.answer(turn);
    if (answer instanceof Answer.Pause pause) {
      return WireAnswer.pause(pause.nanos());
    }
    if (answer instanceof Answer.Work work) {
      byte[] input = work.input().map(StepPublication::bytes).orElse(EMPTY);
      return WireAnswer.work(work.step(), input, work.ranges(), most);
    }
    return WireAnswer.stop();
  }
}
