package io.hindsight.driver.engine.wire;

import io.hindsight.driver.shard.StepResult;
import io.hindsight.kernels.network.NetworkSpec;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;

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

  @Override
  public void writeExternal(ObjectOutput out) throws IOException {
    NetworkForm.write(out, spec);
    StepForm.write(out, result);
  }

  @Override
  public void readExternal(ObjectInput in) throws IOException {
    spec = NetworkForm.read(in);
    result = StepForm.readResult(in, spec);
  }
}
