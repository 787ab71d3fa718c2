package io.hindsight.driver.engine.wire;

import io.hindsight.driver.shard.Shard;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;

/** One shard on its way to the executors. */
public final class ShardBox implements Externalizable {
  private static final long serialVersionUID = 1L;

  private transient Shard shard;

  /** For deserialization only. */
  public ShardBox() {}

  /** Holds a shard. */
  public ShardBox(Shard shard) {
    this.shard = shard;
  }

  /** The shard. */
  public Shard shard() {
    return shard;
  }

  @Override
  public void writeExternal(ObjectOutput out) throws IOException {
    ShardForm.write(out, shard);
  }

  @Override
  public void readExternal(ObjectInput in) throws IOException {
    shard = ShardForm.read(in);
  }
}
