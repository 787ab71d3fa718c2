package io.hindsight.driver.monitoring.tensorboard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.monitoring.tensorboard.EventReader.Event;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TfRecordTest {
  @Test
  void shouldBeReadAsTheDefinitionsSay() {
    Map<String, Double> scalars = new LinkedHashMap<>();
    scalars.put("training/loss", 0.1);
    scalars.put("größe", Double.NEGATIVE_INFINITY);
    byte[] record = TfRecord.of(EventMessage.scalars(1_700_000_000_250L, 1L << 40, scalars));
    Event event = EventReader.read(record).get(0);

    assertEquals(1_700_000_000.25, event.wallTime());
    assertEquals(1L << 40, event.step());
    assertEquals(Map.of("training/loss", 0.1f, "größe", Float.NEGATIVE_INFINITY), event.scalars());
    assertEquals(
        new EventMessage.Place(1L << 40, "training/loss"),
        placeOf(EventMessage.scalars(0, 1L << 40, scalars)));
    Event version = EventReader.read(TfRecord.of(EventMessage.version(0))).get(0);
    assertEquals("brain.Event:2", version.version());
    assertTrue(EventReader.read(TfRecord.of(EventMessage.restart(0, 7))).get(0).restarts());
  }

  private static EventMessage.Place placeOf(byte[] event) {
    try {
      return EventMessage.place(event);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** As the end of a file is after a kill, or a byte after a fault of the disk. */
  @Test
  void shouldEndBeforeARecordThatIsCutOffOrDamaged() throws IOException {
    byte[] data = "some data".getBytes(UTF_8);
    byte[] record = TfRecord.of(data);
    byte[] two = Arrays.copyOf(record, 2 * record.length);
    System.arraycopy(record, 0, two, record.length, record.length);
    assertEquals(2, whole(two));
    for (int end = record.length; end < two.length; end++) {
      assertEquals(1, whole(Arrays.copyOf(two, end)), "cut at " + end);
      byte[] damaged = two.clone();
      damaged[end] ^= 16;
      assertEquals(1, whole(damaged), "damaged at " + end);
    }
    assertArrayEquals(data, TfRecord.next(stream(record)).orElseThrow());
  }

  private static int whole(byte[] file) throws IOException {
    DataInputStream in = stream(file);
    int count = 0;
    for (Optional<byte[]> next = TfRecord.next(in); next.isPresent(); next = TfRecord.next(in)) {
      count++;
    }
    return count;
  }

  private static DataInputStream stream(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }

  @Test
  void shouldKnowTheChecksumOfTheStandard() {
    byte[] zeros = TfRecord.of(new byte[32]); // RFC 3720, B.4: 0x8a9136aa
    int crc = 0x8a9136aa;
    int masked = (crc >>> 15 | crc << 17) + 0xa282ead8;
    List<Byte> stored = List.of(zeros[44], zeros[45], zeros[46], zeros[47]);
    assertEquals(
        List.of(
            (byte) masked, (byte) (masked >>> 8), (byte) (masked >>> 16), (byte) (masked >>> 24)),
        stored);
  }
}
