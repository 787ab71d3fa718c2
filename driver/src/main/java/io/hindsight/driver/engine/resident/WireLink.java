package io.hindsight.driver.engine.resident;

import io.hindsight.driver.engine.wire.StepBytes;
import io.hindsight.driver.shard.ShardRange;
import io.hindsight.driver.shard.StepRequest;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.plugin.PluginContext;

/** A station's way to a driver in another process: messages as bytes, large ones in pieces. */
final class WireLink implements Link {
  private static final byte[] EMPTY = {};

  private final PluginContext spark;
  private final ParameterLayout layout;
  private final int most; // bytes of a message's body

  WireLink(PluginContext spark, NetworkSpec spec) {
    this.spark = spark;
    layout = new ParameterLayout(spec);
    most = WireDesk.mostBytes(spark.conf());
  }

  @Override
  public Answer ask(Turn turn) throws Exception {
    byte[] results = turn.computed().isEmpty() ? EMPTY : StepBytes.ofResults(turn.results().open());
    boolean fits = results.length <= most;
    for (int from = 0; !fits && from < results.length; from += most) {
      byte[] piece = Arrays.copyOfRange(results, from, Math.min(results.length, from + most));
      send(WireMessage.put(turn, from, results.length, piece));
    }
    byte[][] answer = send(WireMessage.turn(turn, results.length, fits ? results : EMPTY));
    DataInputStream head = WireAnswer.head(answer);
    return switch (head.readUnsignedByte()) {
      case WireAnswer.STOP -> new Answer.Stop();
      case WireAnswer.PAUSE -> new Answer.Pause(head.readLong());
      case WireAnswer.WORK -> work(turn, head, answer[1]);
      default -> throw new IOException("the driver's answer is none that a station knows");
    };
  }

  private Answer work(Turn turn, DataInputStream head, byte[] body) throws Exception {
    long step = head.readLong();
    int length = Math.toIntExact(head.readLong());
    List<ShardRange> ranges = WireMessage.readRanges(head);
    if (length == 0) {
      return new Answer.Work(step, Optional.empty(), ranges);
    }
    byte[] input = body.length == length ? body : fetch(turn, step, length);
    return new Answer.Work(step, Optional.of(publication(input)), ranges);
  }

  /** The weights must be those that the request names: the driver refuses the results otherwise. */
  private StepPublication publication(byte[] input) throws IOException {
    Parameters parameters = new Parameters(layout);
    StepRequest request = StepBytes.readInput(input, parameters);
    long fingerprint = parameters.fingerprint();
    if (fingerprint != request.weights()) {
      throw new IOException(
          "step %d came with weights %x, but asks for a gradient at %x"
              .formatted(request.step(), fingerprint, request.weights()));
    }
    return new StepPublication(parameters, request);
  }

  private byte[] fetch(Turn turn, long step, int length) throws Exception {
    byte[] input = new byte[length];
    for (int from = 0; from < length; from += most) {
      byte[][] answer = send(WireMessage.fetch(turn, step, from));
      int count = Math.min(most, length - from);
      if (answer[1].length != count) {
        throw new IOException(
            "a piece of step %d has %d bytes, expected %d"
                .formatted(step, answer[1].length, count));
      }
      System.arraycopy(answer[1], 0, input, from, count);
    }
    return input;
  }

  private byte[][] send(WireMessage message) throws Exception {
    return (byte[][]) spark.ask(message.write());
  }
}
