package io.hindsight.datasets.stored;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileBytesTest {
  @TempDir Path folder;

  @Test
  void shouldReadAFileFromAnyPlace() throws IOException {
    byte[] bytes = new byte[200_000];
    new Random(1).nextBytes(bytes);
    try (FileBytes.Writer writer = new FileBytes.Writer("a shard's file", folder)) {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      assertEquals(0, writer.append(in, 7));
      assertEquals(7, writer.append(in, bytes.length - 7));
      FileBytes file = writer.finish();
      for (int from : new int[] {0, 4095, 4096, 8191, 199_999}) {
        byte[] rest = file.from(from).readAllBytes();
        assertArrayEquals(Arrays.copyOfRange(bytes, from, bytes.length), rest);
        assertEquals(bytes[from] & 0xff, file.from(from).read());
      }
      assertEquals(-1, file.from(bytes.length).read());
      DataInputStream skipping = new DataInputStream(file.from(10));
      assertEquals(12_000, skipping.skipBytes(12_000));
      assertEquals(bytes[12_010], skipping.readByte());
    }
  }
}
