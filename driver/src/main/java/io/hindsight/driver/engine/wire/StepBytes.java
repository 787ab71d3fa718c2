package io.hindsight.driver.engine.wire;

import io.hindsight.driver.shard.ReductionTree;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.shard.StepRequest;
import io.hindsight.driver.shard.StepResult;
import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A step's input and its results as plain byte arrays, for messages whose receiver may not know
 * Hindsight's classes while it unpacks them.
 */
public final class StepBytes {
  private static final int ENVELOPE = 1024; // bytes, about, of what is not the gradient

  private StepBytes() {}

  /** The weights and the request of a step. */
  public static byte[] ofInput(Parameters parameters, StepRequest request) {
    return write(
        (long) parameters.values().length * Double.BYTES,
        out -> {
          Bytes.writeDoubles(out, parameters.values());
          StepForm.write(out, request);
        });
  }

  /**
   * Reads a step's input.
   *
   * @param into receives the weights
   * @throws IOException if the bytes are not those of an input for this network
   */
  public static StepRequest readInput(byte[] bytes, Parameters into) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    Bytes.readDoubles(in, into.values());
    return StepForm.readRequest(in, into.layout().spec());
  }

  /** Results of one step. */
  public static byte[] ofResults(List<StepResult> results) {
    return write(
        gradientBytes(results),
        out -> {
          out.writeInt(results.size());
          for (StepResult result : results) {
            StepForm.write(out, result);
          }
        });
  }

  /** How many bytes the results of a step can have at most, whoever computes which shards. */
  public static long mostBytes(NetworkSpec spec, ShardPlan plan) {
    CarriedState carried = new CarriedState(spec, plan.blocks());
    long bytes = (new ParameterLayout(spec).size() + ENVELOPE) * (long) Double.BYTES;
    bytes *= plan.shards().size(); // each with a gradient of its own
    for (int layer = 0; layer < carried.layers(); layer++) {
      long numbers = carried.hidden(layer).length + (long) carried.cell(layer).length;
      bytes += numbers * Double.BYTES;
    }
    return bytes;
  }

  private static long gradientBytes(List<StepResult> results) {
    long bytes = 0;
    for (StepResult result : results) {
      for (ReductionTree.Node node : result.nodes()) {
        bytes += (long) node.sum().gradient().length * Double.BYTES;
      }
    }
    return bytes;
  }

  /**
   * Reads results.
   *
   * @throws IOException if the bytes are no results of this network
   */
  public static List<StepResult> readResults(byte[] bytes, NetworkSpec spec) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    List<StepResult> results = new ArrayList<>();
    try {
      for (int count = in.readInt(); count > 0; count--) {
        results.add(StepForm.readResult(in, spec));
      }
      if (in.available() > 0) {
        throw new IOException("malformed results: %d bytes too many".formatted(in.available()));
      }
    } catch (EOFException tooShort) {
      throw new IOException(
          "malformed results: they end within %d bytes".formatted(bytes.length), tooShort);
    } catch (RuntimeException malformed) { // such as a negative number of blocks
      throw new IOException("malformed results: " + malformed, malformed);
    }
    return results;
  }

  private interface Content {
    void writeTo(DataOutputStream out) throws IOException;
  }

  private static byte[] write(long doubles, Content content) {
    int size = (int) Math.min(Integer.MAX_VALUE - ENVELOPE, doubles + ENVELOPE);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(size);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      content.writeTo(out);
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
    return bytes.toByteArray();
  }
}
