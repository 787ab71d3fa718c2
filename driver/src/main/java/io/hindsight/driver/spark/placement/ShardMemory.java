package io.hindsight.driver.spark.placement;

import io.hindsight.datasets.stored.LocalFolder;
import io.hindsight.driver.shard.Shard;
import io.hindsight.driver.spark.SparkApi;
import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkConf;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the shards that a process receives are kept: on the heap up to a limit, which all tasks of
 * the process share, then in files.
 *
 * <p>The limit is {@value #LIMIT}, or as much as Spark keeps of the heap for cached blocks alone.
 * Beyond it Spark would move whole partitions to its disk and read them back in every step.
 */
public final class ShardMemory {
  /** A setting of the session: a size such as {@code 2g}. */
  public static final String LIMIT = "spark.hindsight.shards.memory";

  private static final Logger LOG = LoggerFactory.getLogger(ShardMemory.class);
  private static final Cleaner CLEANER = Cleaner.create();
  private static final AtomicLong USED = new AtomicLong();
  private static final AtomicBoolean TOLD = new AtomicBoolean();
  private static final AtomicInteger NEXT_FOLDER = new AtomicInteger();
  private static final long RESERVED_BY_SPARK = 300L << 20;

  private final long limit;
  private final LocalFolder folder;
  private final AtomicLong used;

  ShardMemory(long limit, LocalFolder folder, AtomicLong used) {
    this.limit = limit;
    this.folder = folder;
    this.used = used;
  }

  /** That of this process, by the settings of its Spark session, if it has one. */
  static ShardMemory ofProcess() {
    SparkConf conf = SparkApi.settings().orElseGet(() -> new SparkConf(false));
    LocalFolder folder = LocalFolder.ofSpark(NEXT_FOLDER.getAndIncrement());
    return new ShardMemory(limit(conf, Runtime.getRuntime().maxMemory()), folder, USED);
  }

  /**
   * The most heap for shards by the settings of a session, which have been checked, bytes.
   *
   * @param processHeap heap of the process that keeps them, bytes
   */
  public static long limit(SparkConf conf, long processHeap) {
    if (conf.contains(LIMIT)) {
      return conf.getSizeAsBytes(LIMIT);
    }
    long heap = Math.max(0, processHeap - RESERVED_BY_SPARK);
    double share = conf.getDouble("spark.memory.fraction", 0.6);
    return (long) (heap * share * conf.getDouble("spark.memory.storageFraction", 0.5));
  }

  /** Takes room for a shard on the heap, if there is enough. */
  boolean reserve(ShardCodec.Head head) {
    long wanted = head.heap();
    long before = used.get();
    while (wanted <= limit - before) {
      if (used.compareAndSet(before, before + wanted)) {
        return true;
      }
      before = used.get();
    }
    if (!TOLD.getAndSet(true)) {
      LOG.info(
          "the shards of this process need more than the {} MB of heap that they may take, of which"
              + " {} MB are used: further ones, as shard {} with {} MB, stay in files under {};"
              + " a larger heap or {} keeps more of them on the heap",
          limit >> 20,
          before >> 20,
          head.id(),
          wanted >> 20,
          folder.path(),
          LIMIT);
    }
    return false;
  }

  /** Gives back what was reserved. */
  void release(ShardCodec.Head head) {
    used.addAndGet(-head.heap());
  }

  /** Gives back what was reserved when the shard is garbage. */
  void releaseWith(Shard shard, ShardCodec.Head head) {
    AtomicLong counter = used;
    long bytes = head.heap();
    CLEANER.register(shard, () -> counter.addAndGet(-bytes));
  }

  /** Where files go. */
  LocalFolder folder() {
    return folder;
  }
}
