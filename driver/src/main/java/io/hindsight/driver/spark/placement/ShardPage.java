package io.hindsight.driver.spark.placement;

import io.hindsight.driver.shard.Shard;
import io.hindsight.driver.spark.codec.Bytes;
import io.hindsight.driver.spark.codec.PartOutput;
import io.hindsight.driver.spark.codec.Pieces;
import io.hindsight.driver.spark.codec.PlainStreams;
import io.hindsight.driver.spark.codec.SequenceForm;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.util.KnownSizeEstimation;

/**
 * Some consecutive bytes of a {@link ShardRun}, small enough for any heap.
 *
 * <p>Where it is made it holds no bytes but the place in the run at which they begin, and writes
 * them from there when it is sent; where it arrives it holds the bytes.
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
  private record Place(int shard, int slot, int rank, long skip) {}

  private transient ShardRun run; // null where the page arrived
  private transient byte[] head; // what goes before the records
  private transient Place place;
  private transient int records; // bytes of records

  private transient byte[] bytes; // null where the page was made

  /** For deserialization only. */
  public ShardPage() {}

  private ShardPage(ShardRun run, byte[] head, Place place, int records) {
    this.run = run;
    this.head = head;
    this.place = place;
    this.records = records;
  }

  /** Bytes of a page that is broadcast: few of them, and small in every heap. */
  static int size(SparkConf conf) {
    return (int) Math.min(MOST, (long) MESSAGES * Pieces.mostBytes(conf));
  }

  /** Divides a run's bytes into pages of this size, the last one smaller. */
  public static List<ShardPage> cut(ShardRun run, int size) {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    try {
      run.writeHead(new DataOutputStream(head));
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
    return new Cutter(run, size).cut(head.toByteArray());
  }

  private static final class Cutter {
    private final ShardRun run;
    private final int size;
    private final List<ShardPage> pages = new ArrayList<>();
    private byte[] head;
    private Place begin = new Place(0, 0, 0, 0);
    private int filled;

    Cutter(ShardRun run, int size) {
      this.run = run;
      this.size = size;
    }

    List<ShardPage> cut(byte[] headOfRun) {
      head = headOfRun;
      for (int index = 0; index < run.shards().size(); index++) {
        Shard shard = run.shards().get(index);
        for (int slot = 0; slot < shard.slots(); slot++) {
          for (int rank = 0; rank < shard.size(slot); rank++) {
            long bytes = ShardForm.PREFIX + SequenceForm.size(shard.sequence(slot, rank));
            add(index, slot, rank, bytes);
          }
        }
      }
      end(null);
      return pages;
    }

    private void add(int shard, int slot, int rank, long bytes) {
      long left = bytes;
      while (left > size - filled) {
        left -= size - filled;
        filled = size;
        end(new Place(shard, slot, rank, bytes - left));
      }
      filled += (int) left;
    }

    private void end(Place next) {
      pages.add(new ShardPage(run, head, begin, filled));
      head = new byte[0];
      begin = next;
      filled = 0;
    }
  }

  /** The run itself, if the page was made in this process; else null. */
  ShardRun run() {
    return run;
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

  /** Makes the bytes of a page where the run is. */
  byte[] make() throws IOException {
    ByteArrayOutputStream made = new ByteArrayOutputStream(head.length + records);
    writeTo(made);
    return made.toByteArray();
  }

  private void writeTo(OutputStream out) throws IOException {
    out.write(head);
    PartOutput part = new PartOutput(out, place.skip, records);
    int slot = place.slot;
    int rank = place.rank;
    for (int index = place.shard; part.left() > 0; index++) {
      Shard shard = run.shards().get(index);
      for (; slot < shard.slots() && part.left() > 0; slot++) {
        for (; rank < shard.size(slot) && part.left() > 0; rank++) {
          ShardForm.writeRecord(part, shard.sequence(slot, rank));
        }
        rank = 0;
      }
      slot = 0;
    }
  }

  @Override
  public void readExternal(ObjectInput in) throws IOException {
    bytes = Bytes.readBytes(in);
  }
}
