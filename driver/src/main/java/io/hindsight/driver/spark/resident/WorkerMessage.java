package io.hindsight.driver.spark.resident;

import io.hindsight.driver.step.ShardRange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A worker's message between processes: two byte arrays, head and body, since Spark may unpack it
 * where Hindsight's classes are not known.
 *
 * <pre>
 * head   kind (byte), engine (long), worker (UTF), tasks (int), poll (long), step (long),
 *        piece (int), number of ranges (int), each first and count (int)
 * body   PUT: a piece of the results; POLL: the last piece, or nothing; FETCH, PAGE: nothing
 * </pre>
 *
 * @param kind what it asks for
 * @param engine the engine it is for
 * @param worker who sends it
 * @param tasks tasks at the worker
 * @param pollNumber which of the worker's polls a piece of results is for
 * @param step the step whose weights the worker has, or wants
 * @param piece number of the piece that comes along, or is wanted
 * @param ranges the shards whose results it brings, or the one of which it wants a page
 * @param body as above
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one message, and is never compared
record WorkerMessage(
    Kind kind,
    long engine,
    String worker,
    int tasks,
    long pollNumber,
    long step,
    int piece,
    List<ShardRange> ranges,
    byte[] body) {

  /** What a message asks for. */
  enum Kind {
    /** Takes results, wants work. */
    POLL,
    /** Takes a piece of results too large for one message. */
    PUT,
    /** Wants a piece of an input too large for one message. */
    FETCH,
    /** Wants a page of a shard. */
    PAGE
  }

  /** A poll with the last piece of its results. */
  static WorkerMessage poll(Poll poll, long pollNumber, int piece, byte[] last) {
    return of(Kind.POLL, poll, pollNumber, poll.step(), piece, poll.computed(), last);
  }

  /** A piece of results, ahead of the poll. */
  static WorkerMessage put(Poll poll, long pollNumber, int piece, byte[] bytes) {
    return of(Kind.PUT, poll, pollNumber, poll.step(), piece, List.of(), bytes);
  }

  /** A wish for a piece of a step's input. */
  static WorkerMessage fetch(Poll poll, long step, int piece) {
    return of(Kind.FETCH, poll, 0, step, piece, List.of(), new byte[0]);
  }

  /** A wish for a page of a shard. */
  static WorkerMessage page(long engine, String worker, int shard, int page) {
    List<ShardRange> one = List.of(new ShardRange(shard, 1));
    return new WorkerMessage(Kind.PAGE, engine, worker, 1, 0, -1, page, one, new byte[0]);
  }

  private static WorkerMessage of(
      Kind kind,
      Poll poll,
      long pollNumber,
      long step,
      int piece,
      List<ShardRange> ranges,
      byte[] body) {
    return new WorkerMessage(
        kind, poll.engine(), poll.worker(), poll.tasks(), pollNumber, step, piece, ranges, body);
  }

  byte[][] write() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(kind.ordinal());
      out.writeLong(engine);
      out.writeUTF(worker);
      out.writeInt(tasks);
      out.writeLong(pollNumber);
      out.writeLong(step);
      out.writeInt(piece);
      writeRanges(out, ranges);
    }
    return new byte[][] {bytes.toByteArray(), body};
  }

  /**
   * Reads a message.
   *
   * @throws IOException if it is malformed
   */
  static WorkerMessage read(byte[][] parts) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(parts[0]));
    int kind = in.readUnsignedByte();
    if (kind >= Kind.values().length) {
      throw new IOException("malformed message: its kind is " + kind);
    }
    return new WorkerMessage(
        Kind.values()[kind],
        in.readLong(),
        in.readUTF(),
        in.readInt(),
        in.readLong(),
        in.readLong(),
        in.readInt(),
        readRanges(in),
        parts[1]);
  }

  static void writeRanges(DataOutputStream out, List<ShardRange> ranges) throws IOException {
    out.writeInt(ranges.size());
    for (ShardRange range : ranges) {
      out.writeInt(range.first());
      out.writeInt(range.count());
    }
  }

  static List<ShardRange> readRanges(DataInputStream in) throws IOException {
    List<ShardRange> ranges = new ArrayList<>();
    try {
      for (int count = in.readInt(); count > 0; count--) {
        ranges.add(new ShardRange(in.readInt(), in.readInt()));
      }
    } catch (IllegalArgumentException malformed) {
      throw new IOException("malformed message: " + malformed.getMessage(), malformed);
    }
    return ranges;
  }
}
