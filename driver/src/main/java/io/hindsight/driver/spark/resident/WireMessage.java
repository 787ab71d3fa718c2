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
 * A station's message between processes: two byte arrays, head and body, since Spark may unpack it
 * where Hindsight's classes are not known.
 *
 * <pre>
 * head   kind (byte), engine (long), station (UTF), seats (int), question (long), step (long),
 *        piece (int), number of ranges (int), each first and count (int)
 * body   PUT: a piece of the results; TURN: the last piece, or nothing; FETCH, PAGE: nothing
 * </pre>
 *
 * @param kind what it asks for
 * @param engine the engine it is for
 * @param station who sends it
 * @param seats tasks at the station
 * @param question which of the station's questions a piece of results is for
 * @param step the step whose weights the station has, or wants
 * @param piece number of the piece that comes along, or is wanted
 * @param ranges the shards whose results it brings, or the one of which it wants a page
 * @param body as above
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one message, and is never compared
record WireMessage(
    Kind kind,
    long engine,
    String station,
    int seats,
    long question,
    long step,
    int piece,
    List<ShardRange> ranges,
    byte[] body) {

  /** What a message asks for. */
  enum Kind {
    /** Takes results, wants work. */
    TURN,
    /** Takes a piece of results too large for one message. */
    PUT,
    /** Wants a piece of an input too large for one message. */
    FETCH,
    /** Wants a page of a shard. */
    PAGE
  }

  /** A turn with the last piece of its results. */
  static WireMessage turn(Turn turn, long question, int piece, byte[] last) {
    return of(Kind.TURN, turn, question, turn.step(), piece, turn.computed(), last);
  }

  /** A piece of results, ahead of the turn. */
  static WireMessage put(Turn turn, long question, int piece, byte[] bytes) {
    return of(Kind.PUT, turn, question, turn.step(), piece, List.of(), bytes);
  }

  /** A wish for a piece of a step's input. */
  static WireMessage fetch(Turn turn, long step, int piece) {
    return of(Kind.FETCH, turn, 0, step, piece, List.of(), new byte[0]);
  }

  /** A wish for a page of a shard. */
  static WireMessage page(long engine, String station, int shard, int page) {
    List<ShardRange> one = List.of(new ShardRange(shard, 1));
    return new WireMessage(Kind.PAGE, engine, station, 1, 0, -1, page, one, new byte[0]);
  }

  private static WireMessage of(
      Kind kind,
      Turn turn,
      long question,
      long step,
      int piece,
      List<ShardRange> ranges,
      byte[] body) {
    return new WireMessage(
        kind, turn.engine(), turn.station(), turn.seats(), question, step, piece, ranges, body);
  }

  byte[][] write() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(kind.ordinal());
      out.writeLong(engine);
      out.writeUTF(station);
      out.writeInt(seats);
      out.writeLong(question);
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
  static WireMessage read(byte[][] parts) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(parts[0]));
    int kind = in.readUnsignedByte();
    if (kind >= Kind.values().length) {
      throw new IOException("malformed message: its kind is " + kind);
    }
    return new WireMessage(
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
