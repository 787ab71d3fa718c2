package io.hindsight.driver.engine.wire;

import io.hindsight.driver.shard.Shard;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.shard.ShardTask;
import io.hindsight.kernels.network.NetworkSpec;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkContext;

/**
 * A plan's shards, each sent by itself: whoever is given a range fetches its shards, and no others.
 */
public final class ShardSource implements Externalizable {
  private static final long serialVersionUID = 1L;

  private transient NetworkSpec spec;
  private transient long seed;
  private transient int window;
  private transient List<SentRun> sent;

  /** For deserialization only. */
  public ShardSource() {}

  private ShardSource(NetworkSpec spec, long seed, int window, List<SentRun> sent) {
    this.spec = spec;
    this.seed = seed;
    this.window = window;
    this.sent = sent;
  }

  /**
   * Offers the shards of a plan.
   *
   * @throws IllegalStateException if the context has stopped
   */
  public static ShardSource of(SparkContext context, NetworkSpec spec, ShardPlan plan, long seed) {
    List<SentRun> sent = new ArrayList<>();
    for (ShardRun one : ShardRun.split(spec, plan, seed, plan.shards().size())) {
      sent.add(SentRun.send(context, one));
    }
    return new ShardSource(spec, seed, plan.window(), sent);
  }

  /** The network's shape. */
  public NetworkSpec spec() {
    return spec;
  }

  /** Shards of the whole minibatch. */
  public int shards() {
    return sent.size();
  }

  /** Fetches a shard, unless this process has it. */
  public Shard fetch(int id) {
    return sent.get(id).fetch().shards().get(0);
  }

  /**
   * A task over some shards.
   *
   * @param fetched the range's shards
   */
  public ShardTask task(List<Shard> fetched) {
    return new ShardTask(spec, fetched, shards(), seed, window);
  }

  /** Withdraws the shards, on the driver. */
  public void destroy() {
    sent.forEach(SentRun::destroy);
  }

  @Override
  public void writeExternal(ObjectOutput out) throws IOException {
    NetworkForm.write(out, spec);
    out.writeLong(seed);
    out.writeInt(window);
    out.writeInt(sent.size());
    for (SentRun one : sent) {
      out.writeObject(one);
    }
  }

  @Override
  public void readExternal(ObjectInput in) throws IOException, ClassNotFoundException {
    spec = NetworkForm.read(in);
    seed = in.readLong();
    window = in.readInt();
    sent = new ArrayList<>();
    for (int count = in.readInt(); count > 0; count--) {
      sent.add((SentRun) in.readObject());
    }
  }
}
