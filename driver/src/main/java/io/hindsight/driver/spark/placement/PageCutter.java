package io.hindsight.driver.spark.placement;

import io.hindsight.driver.shard.Shard;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Divides the bytes of a task's shards into pages, without making the bytes. */
final class PageCutter {
  private final TaskShards whole;
  private final int size;
  private final List<ShardPage> pages = new ArrayList<>();
  private byte[] head;
  private ShardPage.Start begin = new ShardPage.Start(0, 0, 0, 0);
  private int filled;

  PageCutter(TaskShards whole, int size) {
    this.whole = whole;
    this.size = size;
  }

  /** The pages, the last one smaller than the others. */
  List<ShardPage> cut() {
    head = head();
    for (int index = 0; index < whole.shards().size(); index++) {
      Shard shard = whole.shards().get(index);
      for (int slot = 0; slot < shard.slots(); slot++) {
        for (int rank = 0; rank < shard.size(slot); rank++) {
          long bytes = ShardCodec.recordBytes(shard, slot, rank);
          add(index, slot, rank, bytes);
        }
      }
    }
    end(null);
    return pages;
  }

  private byte[] head() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      whole.writeHead(new DataOutputStream(bytes));
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
    return bytes.toByteArray();
  }

  private void add(int shard, int slot, int rank, long bytes) {
    long left = bytes;
    while (left > size - filled) {
      left -= size - filled;
      filled = size;
      end(new ShardPage.Start(shard, slot, rank, bytes - left));
    }
    filled += (int) left;
  }

  private void end(ShardPage.Start next) {
    pages.add(new ShardPage(whole, head, begin, filled));
    head = new byte[0];
    begin = next;
    filled = 0;
  }
}
