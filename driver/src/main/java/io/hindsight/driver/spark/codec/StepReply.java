package io.hindsight.driver.spark.codec;

import io.hindsight.driver.step.ParameterSlices;
import io.hindsight.driver.step.StepResult;
import io.hindsight.kernels.network.NetworkSpec;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.util.List;

/** A task's result on its way to the driver. */
public final class StepReply implements Externalizable {
  private static final long serialVersionUID = 1L;

  private transient NetworkSpec spec;
  private transient StepResult result;

  /** For deserialization only. */
  public StepReply() {}

  /** Wraps a result, whose sums must not change until it is serialized. */
  public StepReply(NetworkSpec spec, StepResult result) {
    this.spec = spec;
    this.result = result;
  }

  /** The result. */
  public StepResult result() {
    return result;
  }

  /**
   * The part of it that belongs to a slice of the parameters; copies that part.
   *
   * @param index which slice
   */
  public StepReply slice(ParameterSlices slices, int index) {
    return new StepReply(spec, result.slice(slices, index));
  }

  /** The reply for a slice summed over all tasks, of which this is one task's part. */
  public SliceReply merged(int index, StepResult sum, List<StepResult> tasks) {
    return new SliceReply(spec, index, sum, tasks);
  }

  @Override
  public void writeExternal(ObjectOutput out) throws IOException {
    NetworkCodec.write(out, spec);
    StepCodec.write(out, result);
  }

  @Override
  public void readExternal(ObjectInput in) throws IOException {
    spec = NetworkCodec.read(in);
    try {
      result = StepCodec.readResult(in, spec);
    } catch (RuntimeException malformed) { // such as a negative number of blocks
      throw new IOException("malformed result: " + malformed, malformed);
    }
  }
}
