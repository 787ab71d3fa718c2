package io.hindsight.driver.monitoring.tensorboard;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A reader of event files, from the definitions of TFRecord, CRC-32C (RFC 3720, bit by bit) and
 * protocol buffers alone.
 */
public final class EventReader {
  private static final int POLYNOMIAL = 0x82f63b78; // of CRC-32C, its bits reversed

  private final byte[] bytes;
  private int at;

  private EventReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * An event.
   *
   * @param wallTime seconds since 1970
   * @param version empty but in the first
   * @param restarts whether earlier events of its step and later ones no longer hold
   */
  public record Event(
      double wallTime, long step, String version, Map<String, Float> scalars, boolean restarts) {}

  /** All events of a file, which must be whole. */
  public static List<Event> read(byte[] file) {
    EventReader in = new EventReader(file);
    List<Event> events = new ArrayList<>();
    while (in.at < file.length) {
      int start = in.at;
      long length = in.fixed(8);
      check(in.fixed(4), file, start, 8);
      start = in.at;
      in.at += (int) length;
      check(in.fixed(4), file, start, (int) length);
      byte[] data = Arrays.copyOfRange(file, start, start + (int) length);
      events.add(new EventReader(data).event());
    }
    return events;
  }

  private static void check(long stored, byte[] bytes, int from, int length) {
    int crc = -1;
    for (int i = from; i < from + length; i++) {
      crc ^= bytes[i] & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) != 0 ? crc >>> 1 ^ POLYNOMIAL : crc >>> 1;
      }
    }
    crc = ~crc;
    long masked = ((crc >>> 15 | crc << 17) + 0xa282ead8) & 0xffffffffL;
    if (masked != stored) {
      throw new IllegalStateException("checksum at " + from);
    }
  }

  private long fixed(int width) {
    long value = 0;
    for (int i = 0; i < width; i++) {
      value |= (bytes[at++] & 0xffL) << 8 * i;
    }
    return value;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; true; shift += 7) {
      byte next = bytes[at++];
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  private EventReader nested() {
    int length = (int) varint();
    at += length;
    return new EventReader(Arrays.copyOfRange(bytes, at - length, at));
  }

  private String text() {
    EventReader text = nested();
    return new String(text.bytes, StandardCharsets.UTF_8);
  }

  private Event event() {
    double wallTime = 0;
    long step = 0;
    String version = "";
    Map<String, Float> scalars = new LinkedHashMap<>();
    boolean restarts = false;
    while (at < bytes.length) {
      switch ((int) varint()) {
        case 1 << 3 | 1 -> wallTime = Double.longBitsToDouble(fixed(8));
        case 2 << 3 -> step = varint();
        case 3 << 3 | 2 -> version = text();
        case 5 << 3 | 2 -> nested().summary(scalars);
        case 7 << 3 | 2 -> restarts = nested().startsSession();
        default -> throw new IllegalStateException("an unknown field before " + at);
      }
    }
    return new Event(wallTime, step, version, scalars, restarts);
  }

  private boolean startsSession() {
    return varint() == 1 << 3 && varint() == 1;
  }

  private void summary(Map<String, Float> scalars) {
    while (at < bytes.length) {
      if (varint() != (1 << 3 | 2)) {
        throw new IllegalStateException("no value before " + at);
      }
      nested().value(scalars);
    }
  }

  private void value(Map<String, Float> scalars) {
    String tag = "";
    float value = Float.NaN;
    while (at < bytes.length) {
      switch ((int) varint()) {
        case 1 << 3 | 2 -> tag = text();
        case 2 << 3 | 5 -> value = Float.intBitsToFloat((int) fixed(4));
        default -> throw new IllegalStateException("an unknown field before " + at);
      }
    }
    if (scalars.put(tag, value) != null) {
      throw new IllegalStateException(tag + " twice");
    }
  }
}
