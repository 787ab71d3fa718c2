package io.hindsight.datasets.stored;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileBytesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldReadAFileFromAnyPlace(boolean encrypted) throws IOException {
    byte[] bytes = new byte[200_000];
    new Random(1).nextBytes(bytes);
    try (FileBytes.Writer writer = new LocalFolder(folder, encrypted).writer("a shard's file")) {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      assertEquals(0, writer.append(in, 7));
      assertEquals(7, writer.append(in, bytes.length - 7));
      FileBytes file = writer.finish();
      assertOnDisk(bytes, encrypted);
      for (int from : new int[] {0, 4095, 4096, 8191, 199_999}) {
        byte[] rest = file.from(from).readAllBytes();
        assertArrayEquals(Arrays.copyOfRange(bytes, from, bytes.length), rest);
        assertEquals(bytes[from] & 0xff, file.from(from).read());
        byte[] some = new byte[Math.min(33, bytes.length - from)];
        file.readFully(from, some);
        assertArrayEquals(Arrays.copyOfRange(bytes, from, from + some.length), some);
      }
      assertEquals(-1, file.from(bytes.length).read());
      FileInput skipping = file.from(10);
      assertEquals(bytes[10], skipping.readByte());
      for (int place = 11, step = 1; place < bytes.length; place += step + 1, step *= 3) {
        assertEquals(step, skipping.skipBytes(step));
        if (place + step < bytes.length) {
          assertEquals(bytes[place + step], skipping.readByte());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldReadNumbersAmongOtherValues(boolean encrypted) throws IOException {
    double[] numbers = new Random(2).doubles(20_000).toArray(); // more than are read at once
    ByteBuffer bytes = ByteBuffer.allocate(3 + numbers.length * Double.BYTES + 1);
    bytes.order(ByteOrder.LITTLE_ENDIAN).put(new byte[3]);
    bytes.asDoubleBuffer().put(numbers);
    bytes.put(bytes.capacity() - 1, (byte) 7);
    try (FileBytes.Writer writer = new LocalFolder(folder, encrypted).writer("a shard's file")) {
      writer.append(bytes.array());
      FileBytes file = writer.finish();
      FileInput in = file.from(1);
      in.readFully(new byte[2]);
      double[] few = new double[5];
      in.readAll(few); // out of the buffer
      assertArrayEquals(Arrays.copyOf(numbers, 5), few);
      double[] many = new double[numbers.length - 5];
      in.readAll(many);
      assertArrayEquals(Arrays.copyOfRange(numbers, 5, numbers.length), many);
      assertEquals(7, in.readByte());
      assertThrows(EOFException.class, in::readByte);
      FileInput last = file.from(3 + 19_999L * Double.BYTES);
      assertThrows(EOFException.class, () -> last.readAll(new double[2]));
    }
  }

  /** The file has no name any more, but on Linux the process can look at what it has open. */
  private void assertOnDisk(byte[] bytes, boolean encrypted) throws IOException {
    Path open = Path.of("/proc/self/fd");
    assumeTrue(Files.isDirectory(open));
    try (Stream<Path> all = Files.list(open)) {
      Path file =
          all.filter(link -> target(link).startsWith(folder.toString())).findFirst().orElseThrow();
      byte[] onDisk = Files.readAllBytes(file);
      assertEquals(bytes.length, onDisk.length);
      int same = (int) IntStream.range(0, bytes.length).filter(i -> bytes[i] == onDisk[i]).count();
      assertTrue(encrypted ? same < bytes.length / 100 : same == bytes.length, same + " are alike");
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException closed) {
      return "";
    }
  }

  /** So that nobody learns what is at a place by what is at another, or in another file. */
  @Test
  void shouldEncryptEqualBytesDifferently() {
    FileCipher cipher = FileCipher.random();
    Set<String> blocks = new HashSet<>();
    for (long place : new long[] {0, 16, 1L << 36, (1L << 36) + 16}) {
      byte[] block = new byte[16];
      cipher.apply(place, block, 0, block.length);
      blocks.add(Arrays.toString(block));
      byte[] other = new byte[16];
      FileCipher.random().apply(place, other, 0, other.length);
      blocks.add(Arrays.toString(other));
    }
    assertEquals(8, blocks.size());
  }
}
