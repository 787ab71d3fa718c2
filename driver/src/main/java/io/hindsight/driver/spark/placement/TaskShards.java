package io.hindsight.driver.spark.placement;

import io.hindsight.datasets.windows.SharedFiles;
import io.hindsight.driver.shard.CarriedWindows;
import io.hindsight.driver.shard.Shard;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.spark.codec.NetworkCodec;
import io.hindsight.driver.spark.codec.PlainStreams;
import io.hindsight.driver.spark.codec.StepInput;
import io.hindsight.driver.spark.codec.StepReply;
import io.hindsight.driver.step.ShardTask;
import io.hindsight.driver.step.StepResult;
import io.hindsight.kernels.network.NetworkSpec;
import java.io.BufferedOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.Externalizable;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.util.KnownSizeEstimation;

/**
 * A task's consecutive shards, sent to an executor once and kept there with the workspace that
 * computes them.
 *
 * <p>The workspace lives and dies with the data. Attempts of one task may meet in one process, by
 * retry or speculation, and each result is read until it is serialized; so an attempt has a
 * workspace to itself, and a workspace is used again by a later job only.
 *
 * <p>Across processes it travels in pages, because it may be larger than the heap that receives it.
 */
public final class TaskShards implements Externalizable, KnownSizeEstimation {
  private static final long serialVersionUID = 1L;

  private transient NetworkSpec spec;
  private transient List<Shard> shards;
  private transient int totalShards;
  private transient long seed;
  private transient CarriedWindows carried;

  private transient long heap; // bytes that this object has to itself

  private transient ShardTask idle;
  private transient long lastJob;

  /** For deserialization only. */
  public TaskShards() {}

  private TaskShards(
      NetworkSpec spec, List<Shard> shards, int totalShards, long seed, CarriedWindows carried) {
    this.spec = spec;
    this.shards = List.copyOf(shards);
    this.totalShards = totalShards;
    this.seed = seed;
    this.carried = carried;
  }

  /**
   * Divides a plan's shards.
   *
   * @param tasks wished number of parts; there are never more than shards
   */
  public static List<TaskShards> split(NetworkSpec spec, ShardPlan plan, long seed, int tasks) {
    List<TaskShards> parts = new ArrayList<>();
    for (List<Shard> part : plan.split(tasks)) {
      parts.add(new TaskShards(spec, part, plan.shards().size(), seed, plan.windows()));
    }
    return parts;
  }

  /**
   * Computes a step.
   *
   * @param job grows with every job of the engine, also where a job repeats a step
   * @return valid until the next job
   */
  public StepReply compute(StepInput input, long job) {
    ShardTask task = take(job);
    StepResult result = task.run(input.packed(), input.request());
    giveBack(task, job);
    return new StepReply(spec, result);
  }

  /** Computes something else of the shards than a step. */
  @FunctionalInterface
  public interface OfShards {
    /**
     * Computes it.
     *
     * @param own consecutive shards
     * @param all how many shards there are
     */
    StepResult of(NetworkSpec spec, List<Shard> own, int all);
  }

  /** Has something else computed of the shards than a step. */
  public StepReply apply(OfShards function) {
    return new StepReply(spec, function.of(spec, shards, totalShards));
  }

  private synchronized ShardTask take(long job) {
    if (idle == null || lastJob >= job) {
      return new ShardTask(spec, shards, totalShards, seed, carried);
    }
    ShardTask task = idle;
    idle = null;
    return task;
  }

  private synchronized void giveBack(ShardTask task, long job) {
    idle = task;
    lastJob = Math.max(lastJob, job);
  }

  /** The bytes, without the workspace, that the heap holds for this object alone. */
  @Override
  public long estimatedSize() {
    return heap;
  }

  @Override
  public void writeExternal(ObjectOutput out) throws IOException {
    DataOutputStream data = new DataOutputStream(new BufferedOutputStream(PlainStreams.of(out)));
    writeHead(data);
    for (Shard shard : shards) {
      ShardCodec.writeRecords(data, shard);
    }
    data.flush();
  }

  @Override
  public void readExternal(ObjectInput in) throws IOException {
    read(new DataInputStream(PlainStreams.of(in)));
  }

  /**
   * Reads shards that come in pages, and closes those.
   *
   * @throws UncheckedIOException if there is no room for it, or a page cannot be read
   */
  static TaskShards fetch(PagedInput pages) {
    TaskShards fetched = new TaskShards();
    try (InputStream in = pages) {
      fetched.read(new DataInputStream(in));
    } catch (IOException failure) {
      String why = "cannot fetch the shards: " + failure.getMessage();
      throw new UncheckedIOException(why, new IOException(why, failure));
    }
    return fetched;
  }

  /** Everything but the sequences. */
  void writeHead(DataOutput out) throws IOException {
    NetworkCodec.write(out, spec);
    out.writeInt(totalShards);
    out.writeLong(seed);
    WindowsCodec.write(out, carried);
    out.writeInt(shards.size());
    for (Shard shard : shards) {
      ShardCodec.writeHead(out, shard);
    }
  }

  /** What was written, sequences kept where there is room for them. */
  void read(DataInput in) throws IOException {
    read(in, ShardMemory.ofProcess());
  }

  void read(DataInput in, ShardMemory space) throws IOException {
    read(in, space, SharedFiles::inOrder);
  }

  /**
   * What was written.
   *
   * @param files opens files that hold sequences
   */
  void read(DataInput in, ShardMemory space, Function<SharedFiles, SharedFiles.Steps> files)
      throws IOException {
    spec = NetworkCodec.read(in);
    totalShards = in.readInt();
    seed = in.readLong();
    carried = WindowsCodec.read(in);
    List<ShardCodec.Head> heads = new ArrayList<>();
    for (int count = in.readInt(); count > 0; count--) {
      heads.add(ShardCodec.readHead(in));
    }
    List<Shard> read = new ArrayList<>();
    for (ShardCodec.Head head : heads) {
      Shard shard = ShardCodec.readRecords(in, head, space, files);
      boolean filed = shard.data() instanceof FiledSequences;
      heap += filed ? FiledSequences.heap(head) : head.heap();
      read.add(shard);
    }
    shards = List.copyOf(read);
  }

  /** The shards in their order. */
  List<Shard> shards() {
    return shards;
  }
}
