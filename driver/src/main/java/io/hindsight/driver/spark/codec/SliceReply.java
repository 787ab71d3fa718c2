package io.hindsight.driver.spark.codec;

import io.hindsight.driver.step.StepResult;
import io.hindsight.kernels.network.NetworkSpec;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One slice of the parameters, summed over all tasks, on its way to the driver. */
public final class SliceReply implements Externalizable {
  private static final long serialVersionUID = 1L;

  private transient Optional<NetworkSpec> spec = Optional.empty(); // of a sum, none of a refusal
  private transient int index;
  private transient StepResult sum;
  private transient List<StepResult> tasks = List.of();
  private transient String refusal = "";

  /** For deserialization only. */
  public SliceReply() {}

  SliceReply(NetworkSpec spec, int index, StepResult sum, List<StepResult> tasks) {
    this.spec = Optional.of(spec);
    this.index = index;
    this.sum = sum;
    this.tasks = List.copyOf(tasks);
  }

  /** Tells why a task's part of a slice was not summed. */
  public static SliceReply refused(String reason) {
    SliceReply reply = new SliceReply();
    reply.refusal = reason;
    return reply;
  }

  /** Why there is no sum; absent if there is one. */
  public Optional<String> refusal() {
    return Optional.of(refusal).filter(reason -> !reason.isEmpty());
  }

  /** Which slice it is. */
  public int index() {
    return index;
  }

  /** One result over all shards. */
  public StepResult sum() {
    return sum;
  }

  /** The tasks' results without gradients; with the first slice only. */
  public List<StepResult> tasks() {
    return tasks;
  }

  @Override
  public void writeExternal(ObjectOutput out) throws IOException {
    ArrayCodec.writeText(out, refusal);
    if (spec.isPresent()) {
      NetworkCodec.write(out, spec.get());
      out.writeInt(index);
      StepCodec.write(out, sum);
      out.writeInt(tasks.size());
      for (StepResult task : tasks) {
        StepCodec.write(out, task);
      }
    }
  }

  @Override
  public void readExternal(ObjectInput in) throws IOException {
    refusal = ArrayCodec.readText(in);
    if (refusal.isEmpty()) {
      try {
        readSum(in, NetworkCodec.read(in));
      } catch (RuntimeException malformed) { // such as a negative number of blocks
        throw new IOException("malformed slice: " + malformed, malformed);
      }
    }
  }

  private void readSum(ObjectInput in, NetworkSpec network) throws IOException {
    spec = Optional.of(network);
    index = in.readInt();
    sum = StepCodec.readResult(in, network);
    List<StepResult> read = new ArrayList<>();
    for (int count = in.readInt(); count > 0; count--) {
      read.add(StepCodec.readResult(in, network));
    }
    tasks = List.copyOf(read);
  }
}
