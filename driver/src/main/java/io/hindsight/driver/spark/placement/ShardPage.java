package io.hindsight.driver.spark.placement;

import io.hindsight.driver.shard.Shard;
import io.hindsight.driver.spark.codec.ArrayCodec;
import io.hindsight.driver.spark.codec.PartOutput;
import io.hindsight.driver.spark.codec.Pieces;
import io.hindsight.driver.spark.codec.PlainStreams;
import java.io.ByteArrayOutputStream;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.OutputStream;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.util.KnownSizeEstimation;

/**
 * Some consecutive bytes of a {@link TaskShards}, small enough for any heap.
 *
 * <p>Where it is made it holds no bytes but the place at which they begin, and writes them from
 * there when it is sent; where it arrives it holds the bytes.
 */
public final class ShardPage implements Externalizable, KnownSizeEstimation {
  private static final long serialVersionUID = 1L;
  private static final long MOST = 1 << 30; // bytes
  private static final int MESSAGES = 8; // as long as so many; each broadcast has its own price
  private static final int OVERHEAD = 64; // bytes of this object

  /**
   * Where the records of a page begin.
   *
   * @param skip bytes of the first record that belong to the page before
   */
  record Start(int shard, int slot, int rank, long skip) {}

  private transient TaskShards whole; // null where the page arrived
  private transient byte[] head; // what goes before the records
  private transient Start start;
  private transient int records; // bytes of records

  private transient byte[] bytes; // null where the page was made

  /** For deserialization only. */
  public ShardPage() {}

  ShardPage(TaskShards whole, byte[] head, Start start, int records) {
    this.whole = whole;
    this.head = head;
    this.start = start;
    this.records = records;
  }

  /** Bytes of a page that is broadcast: few of them, and small in every heap. */
  static int size(SparkConf conf) {
    return (int) Math.min(MOST, (long) MESSAGES * Pieces.mostBytes(conf));
  }

  /** Divides the shards' bytes into pages of this size, the last one smaller. */
  public static List<ShardPage> cut(TaskShards whole, int size) {
    return new PageCutter(whole, size).cut();
  }

  /** The shards themselves, if the page was made in this process; else null. */
  TaskShards whole() {
    return whole;
  }

  /** The bytes of a page that arrived. */
  byte[] bytes() {
    return bytes;
  }

  @Override
  public long estimatedSize() {
    return OVERHEAD + (bytes == null ? 0 : bytes.length);
  }

  @Override
  public void writeExternal(ObjectOutput out) throws IOException {
    if (bytes != null) {
      out.writeInt(bytes.length);
      out.write(bytes);
    } else {
      out.writeInt(head.length + records);
      writeTo(PlainStreams.of(out));
    }
  }

  /** Makes the bytes of a page where the shards are. */
  byte[] make() throws IOException {
    ByteArrayOutputStream made = new ByteArrayOutputStream(head.length + records);
    writeTo(made);
    return made.toByteArray();
  }

  private void writeTo(OutputStream out) throws IOException {
    out.write(head);
    PartOutput part = new PartOutput(out, start.skip, records);
    int slot = start.slot;
    int rank = start.rank;
    for (int index = start.shard; part.left() > 0; index++) {
      Shard shard = whole.shards().get(index);
      for (; slot < shard.slots() && part.left() > 0; slot++) {
        for (; rank < shard.size(slot) && part.left() > 0; rank++) {
          ShardCodec.writeRecord(part, shard, slot, rank);
        }
        rank = 0;
      }
      slot = 0;
    }
  }

  @Override
  public void readExternal(ObjectInput in) throws IOException {
    bytes = ArrayCodec.readBytes(in);
  }
}
