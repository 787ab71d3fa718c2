package io.hindsight.driver.spark.resident;

import io.hindsight.driver.shard.Shard;
import io.hindsight.driver.spark.placement.OfferedShards;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Hands what arrives at the driver to the engine that it is for. */
final class Reception {
  private static final Map<Long, Desk> DESKS = new ConcurrentHashMap<>();

  /**
   * An engine's conversation.
   *
   * @param coordinator decides
   * @param shards what stations compute
   * @param wire understands messages of other processes
   */
  record Desk(Coordinator coordinator, OfferedShards shards, WireDesk wire) {}

  private Reception() {}

  static void open(long engine, Desk desk) {
    DESKS.put(engine, desk);
  }

  static void close(long engine) {
    DESKS.remove(engine);
  }

  /** Who decides for an engine of this process; null if there is none of that number. */
  static Coordinator coordinator(long engine) {
    Desk desk = DESKS.get(engine);
    return desk == null ? null : desk.coordinator();
  }

  /**
   * A shard of an engine of this process.
   *
   * @throws IllegalStateException if there is no engine of that number
   */
  static Shard shard(long engine, int id) {
    Desk desk = DESKS.get(engine);
    if (desk == null) {
      throw new IllegalStateException("the run has ended");
    }
    return desk.shards().get(id);
  }

  /**
   * Answers a station of another process.
   *
   * @throws IllegalStateException if it is no message of a station
   */
  static Object receive(Object message) throws Exception {
    if (message instanceof byte[][] parts && parts.length == 2) {
      WireMessage read = WireMessage.read(parts);
      Desk desk = DESKS.get(read.engine());
      return desk == null ? WireAnswer.stop() : desk.wire().answer(read);
    }
    throw new IllegalStateException(
        "refused: no message of a station, but " + message.getClass().getName());
  }
}
