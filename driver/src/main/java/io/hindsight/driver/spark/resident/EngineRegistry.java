package io.hindsight.driver.spark.resident;

import io.hindsight.driver.shard.Shard;
import io.hindsight.driver.spark.placement.OfferedShards;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Hands what arrives at the driver to the engine that it is for. */
final class EngineRegistry {
  private static final Map<Long, Entry> ENTRIES = new ConcurrentHashMap<>();

  /**
   * What belongs to an engine.
   *
   * @param coordinator decides
   * @param shards what workers compute
   * @param endpoint understands messages of other processes
   */
  record Entry(Coordinator coordinator, OfferedShards shards, DriverEndpoint endpoint) {}

  private EngineRegistry() {}

  static void open(long engine, Entry entry) {
    ENTRIES.put(engine, entry);
  }

  static void close(long engine) {
    ENTRIES.remove(engine);
  }

  /** Who decides for an engine of this process; null if there is none of that number. */
  static Coordinator coordinator(long engine) {
    Entry entry = ENTRIES.get(engine);
    return entry == null ? null : entry.coordinator();
  }

  /**
   * A shard of an engine of this process.
   *
   * @throws IllegalStateException if there is no engine of that number
   */
  static Shard shard(long engine, int place) {
    Entry entry = ENTRIES.get(engine);
    if (entry == null) {
      throw new IllegalStateException("the run has ended");
    }
    return entry.shards().get(place);
  }

  /**
   * Answers a worker of another process.
   *
   * @throws IllegalStateException if it is no message of a worker
   */
  static Object receive(Object message) throws Exception {
    if (message instanceof byte[][] parts && parts.length == 2) {
      WorkerMessage read = WorkerMessage.read(parts);
      Entry entry = ENTRIES.get(read.engine());
      return entry == null ? DriverReply.stop() : entry.endpoint().answer(read);
    }
    throw new IllegalStateException(
        "refused: no message of a worker, but " + message.getClass().getName());
  }
}
