package io.hindsight.driver.spark.codec;

import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.spark.codec.Pieces.PiecesInput;
import io.hindsight.driver.step.ReductionTree;
import io.hindsight.driver.step.StepRequest;
import io.hindsight.driver.step.StepResult;
import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.batch.RowSums;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A step's input and its results as plain bytes, for messages whose receiver may not know
 * Hindsight's classes while Spark unpacks them.
 */
public final class StepBytes {
  private static final int ENVELOPE = 128; // in numbers, of a result without its gradient

  private StepBytes() {}

  /**
   * The weights and the request of a step.
   *
   * @param most longest piece, in bytes
   */
  public static Pieces ofInput(Parameters parameters, StepRequest request, int most) {
    return Pieces.write(
        most,
        parameters.values().length + numbers(request.carried()),
        out -> {
          StepCodec.write(out, request);
          ArrayCodec.writeDoubles(out, parameters.values());
        });
  }

  /**
   * Reads a step's input.
   *
   * @param into receives the weights
   * @throws IOException if the bytes are not those of an input for this network
   */
  public static StepRequest readInput(Pieces pieces, Parameters into) throws IOException {
    DataInputStream in = pieces.read();
    try {
      StepRequest request = StepCodec.readRequest(in, into.layout().spec());
      ArrayCodec.readDoubles(in, into.values());
      return request;
    } catch (RuntimeException malformed) { // such as a negative number of blocks
      throw new IOException("malformed input: " + malformed, malformed);
    }
  }

  /**
   * Results of one step.
   *
   * @param most longest piece, in bytes
   */
  public static Pieces ofResults(List<StepResult> results, int most) {
    return Pieces.write(
        most,
        results.stream().mapToLong(StepBytes::numbers).sum(),
        out -> {
          out.writeInt(results.size());
          for (StepResult result : results) {
            StepCodec.write(out, result);
          }
        });
  }

  /** How many bytes the results of a step can have at most, whoever computes which shards. */
  public static long mostBytes(NetworkSpec spec, ShardPlan plan) {
    CarriedState carried = new CarriedState(spec, plan.blocks());
    ParameterLayout layout = new ParameterLayout(spec);
    return mostBytes(plan, layout.size())
        + plan.shards().size() * (long) Integer.BYTES * layout.rows().count()
        + numbers(Optional.of(carried)) * Double.BYTES;
  }

  /** The same of results without carried states that have so many numbers for each shard. */
  public static long mostBytes(ShardPlan plan, int numbers) {
    return (long) Double.BYTES * plan.shards().size() * (numbers + ENVELOPE);
  }

  private static long numbers(StepResult result) {
    long numbers = numbers(result.carried());
    for (ReductionTree.Node node : result.nodes()) {
      RowSums rows = node.sum().rows();
      numbers += node.sum().gradient().length + rows.size() + rows.count();
    }
    return numbers;
  }

  private static long numbers(Optional<CarriedState> carried) {
    long numbers = 0;
    for (int layer = 0; layer < carried.map(CarriedState::layers).orElse(0); layer++) {
      numbers += carried.get().hidden(layer).length + carried.get().cell(layer).length;
    }
    return numbers;
  }

  /**
   * Reads results.
   *
   * @throws IOException if the bytes are no results of this network
   */
  public static List<StepResult> readResults(Pieces pieces, NetworkSpec spec) throws IOException {
    PiecesInput in = pieces.read();
    List<StepResult> results = new ArrayList<>();
    try {
      for (int count = in.readInt(); count > 0; count--) {
        results.add(StepCodec.readResult(in, spec));
      }
      if (in.left() > 0) {
        throw new IOException("malformed results: %d bytes too many".formatted(in.left()));
      }
    } catch (EOFException tooShort) {
      throw new IOException("malformed results: they end too soon", tooShort);
    } catch (RuntimeException malformed) { // such as a negative number of blocks
      throw new IOException("malformed results: " + malformed, malformed);
    }
    return results;
  }
}
