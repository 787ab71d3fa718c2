package io.hindsight.driver.engine.wire;

import io.hindsight.driver.shard.Shard;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.shard.ShardRange;
import io.hindsight.driver.shard.ShardTask;
import io.hindsight.kernels.network.NetworkSpec;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.broadcast.Broadcast;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * A plan's shards, each a broadcast of its own: whoever is given a range fetches its shards, and no
 * others.
 */
public final class ShardSource implements Externalizable {
  private static final long serialVersionUID = 1L;

  /** Spark's name for the executor that lives in the driver's process. */
  private static final String IN_DRIVER = "driver";

  private static final ClassTag<ShardBox> BOX = ClassTag$.MODULE$.apply(ShardBox.class);

  private transient NetworkSpec spec;
  private transient long seed;
  private transient int window;
  private transient List<Broadcast<ShardBox>> boxes;

  /** For deserialization only. */
  public ShardSource() {}

  private ShardSource(NetworkSpec spec, long seed, int window, List<Broadcast<ShardBox>> boxes) {
    this.spec = spec;
    this.seed = seed;
    this.window = window;
    this.boxes = boxes;
  }

  /**
   * Offers the shards of a plan.
   *
   * @throws IllegalStateException if the context has stopped
   */
  public static ShardSource of(SparkContext context, NetworkSpec spec, ShardPlan plan, long seed) {
    List<Broadcast<ShardBox>> boxes = new ArrayList<>();
    for (Shard shard : plan.shards()) {
      boxes.add(context.broadcast(new ShardBox(shard), BOX));
    }
    return new ShardSource(spec, seed, plan.window(), boxes);
  }

  /** The network's shape. */
  public NetworkSpec spec() {
    return spec;
  }

  /** Shards of the whole minibatch. */
  public int shards() {
    return boxes.size();
  }

  /**
   * Fetches a shard. An executor keeps no copy for others: whoever needs a shard next does because
   * this one is gone, or silent, and would wait for its answer as long as the network's timeout.
   */
  public Shard fetch(int id) {
    Broadcast<ShardBox> box = boxes.get(id);
    Shard shard = box.value().shard();
    SparkEnv here = SparkEnv.get();
    if (!here.executorId().equals(IN_DRIVER)) {
      here.blockManager().removeBroadcast(box.id(), true);
    }
    return shard;
  }

  /**
   * A task over some shards.
   *
   * @param fetched the range's shards
   */
  public ShardTask task(List<Shard> fetched) {
    return new ShardTask(spec, fetched, shards(), seed, window);
  }

  /** The range of all shards. */
  public ShardRange all() {
    return new ShardRange(0, shards());
  }

  /** Withdraws the shards, on the driver. */
  public void destroy() {
    boxes.forEach(Broadcast::destroy);
  }

  @Override
  public void writeExternal(ObjectOutput out) throws IOException {
    NetworkForm.write(out, spec);
    out.writeLong(seed);
    out.writeInt(window);
    out.writeInt(boxes.size());
    for (Broadcast<ShardBox> box : boxes) {
      out.writeObject(box);
    }
  }

  @Override
  @SuppressWarnings("unchecked")
  public void readExternal(ObjectInput in) throws IOException, ClassNotFoundException {
    spec = NetworkForm.read(in);
    seed = in.readLong();
    window = in.readInt();
    boxes = new ArrayList<>();
    for (int count = in.readInt(); count > 0; count--) {
      boxes.add((Broadcast<ShardBox>) in.readObject());
    }
  }
}
