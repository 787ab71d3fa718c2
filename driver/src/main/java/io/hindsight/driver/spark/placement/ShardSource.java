package io.hindsight.driver.spark.placement;

import io.hindsight.driver.loss.LossPlan;
import io.hindsight.driver.loss.LossTask;
import io.hindsight.driver.loss.LossWindows;
import io.hindsight.driver.shard.CarriedWindows;
import io.hindsight.driver.shard.Shard;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.spark.codec.NetworkCodec;
import io.hindsight.driver.step.RangeTask;
import io.hindsight.driver.step.ShardTask;
import io.hindsight.kernels.network.NetworkSpec;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.util.List;
import java.util.Optional;

/**
 * What is to be done with a plan's shards. The shards themselves are asked for when they are
 * needed: whoever is given a range fetches its shards, and no others.
 */
public final class ShardSource implements Externalizable {
  private static final long serialVersionUID = 3L;

  private transient NetworkSpec spec;
  private transient long seed;
  private transient CarriedWindows carried;
  private transient int shards;
  private transient int lossShards; // 0 if no loss is computed
  private transient LossWindows windows = LossWindows.WHOLE;

  /** For deserialization only. */
  public ShardSource() {}

  /**
   * For the shards of a plan.
   *
   * @param losses the part whose loss is computed, if any
   */
  public ShardSource(NetworkSpec spec, ShardPlan plan, long seed, Optional<LossPlan> losses) {
    this.spec = spec;
    this.seed = seed;
    this.carried = plan.windows();
    this.shards = plan.shards().size();
    losses.ifPresent(
        part -> {
          lossShards = part.plan().shards().size();
          windows = part.windows();
        });
  }

  /** The network's shape. */
  public NetworkSpec spec() {
    return spec;
  }

  /** Shards of the whole minibatch. */
  public int shards() {
    return shards;
  }

  /** Shards of the part whose loss is computed; they are offered after those of the minibatch. */
  public int lossShards() {
    return lossShards;
  }

  /**
   * Reads a shard that {@link OfferedShards} gave in pages, and closes them.
   *
   * @throws java.io.UncheckedIOException if there is no room for it, or a page cannot be had
   */
  public static Shard read(PagedInput pages) {
    return TaskShards.fetch(pages).shards().get(0);
  }

  /**
   * A task over some shards of the minibatch.
   *
   * @param fetched the range's shards
   */
  public RangeTask task(List<Shard> fetched) {
    return new ShardTask(spec, fetched, shards, seed, carried)::run;
  }

  /** A task over some shards of the part whose loss is computed. */
  public RangeTask lossTask(List<Shard> fetched) {
    return new LossTask(spec, fetched, lossShards, windows);
  }

  @Override
  public void writeExternal(ObjectOutput out) throws IOException {
    NetworkCodec.write(out, spec);
    out.writeLong(seed);
    WindowsCodec.write(out, carried);
    out.writeInt(shards);
    out.writeInt(lossShards);
    out.writeInt(windows.window());
    out.writeInt(windows.stride());
  }

  @Override
  public void readExternal(ObjectInput in) throws IOException {
    spec = NetworkCodec.read(in);
    seed = in.readLong();
    carried = WindowsCodec.read(in);
    shards = in.readInt();
    lossShards = in.readInt();
    windows = new LossWindows(in.readInt(), in.readInt());
  }
}
