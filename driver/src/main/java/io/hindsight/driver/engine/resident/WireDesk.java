package io.hindsight.driver.engine.resident;

import io.hindsight.driver.engine.wire.StepBytes;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.shard.StepResult;
import io.hindsight.kernels.network.NetworkSpec;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
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
  private final long longest; // bytes that results can have
  private final int most;
  private final Map<String, byte[]> uploads = new HashMap<>(); // by station

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

  private byte[][] put(WireMessage piece) throws IOException {
    long total = piece.total();
    boolean fits = total <= longest && total - piece.body().length >= piece.offset();
    if (piece.offset() < 0 || !fits) {
      throw coordinator.refuse(
          "a piece of %d bytes at %d of %d, where results have at most %d"
              .formatted(piece.body().length, piece.offset(), total, longest));
    }
    byte[] upload = uploads.get(piece.station());
    if (upload == null || upload.length != total) {
      forgetTheLost();
      upload = new byte[Math.toIntExact(total)];
      uploads.put(piece.station(), upload);
    }
    System.arraycopy(piece.body(), 0, upload, (int) piece.offset(), piece.body().length);
    return WireAnswer.piece(EMPTY);
  }

  /** Executors that were killed in the middle of sending leave their pieces here. */
  private void forgetTheLost() {
    uploads.keySet().retainAll(coordinator.names());
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

  private List<StepResult> read(byte[] results, long total) throws IOException {
    if (results == null || results.length != total) {
      throw new IOException(
          "results refused: %d of their %d bytes are there"
              .formatted(results == null ? 0 : results.length, total));
    }
    return StepBytes.readResults(results, spec);
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
            () -> read(results, message.total()));
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
