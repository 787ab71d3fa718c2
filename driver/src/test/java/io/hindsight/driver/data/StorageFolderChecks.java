package io.hindsight.driver.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.chunks.ChunkFolder;
import io.hindsight.datasets.chunks.ChunkFolder.Digest;
import io.hindsight.datasets.chunks.ChunkFolder.Input;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Random;

/** What every kind of storage must do for encoded data. */
public final class StorageFolderChecks {
  private StorageFolderChecks() {}

  /** Writes, writes again, and reads from any place, in a folder that is not there yet. */
  public static void check(StorageFolder folder) throws IOException {
    ChunkFolder in = folder.in("f");
    in.make();
    byte[] content = new byte[300_000];
    new Random(1).nextBytes(content);
    Digest written = in.write("chunk", out -> out.write(content));
    assertEquals(content.length, written.length());
    assertEquals(written, in.write("chunk", out -> out.write(content)), "a task that is repeated");
    assertThrows(IOException.class, () -> in.write("chunk", out -> out.write(1)), "another file");
    try (Input input = in.open("chunk")) {
      assertEquals(content.length, input.length());
      for (int place : new int[] {299_000, 0, 123_456}) {
        byte[] some = new byte[1000];
        input.readFully(place, some);
        assertArrayEquals(Arrays.copyOfRange(content, place, place + 1000), some);
      }
      assertThrows(EOFException.class, () -> input.readFully(299_001, new byte[1000]));
    }
    assertTrue(in.read("none").isEmpty());
    IOException missing = assertThrows(IOException.class, () -> in.open("none"));
    assertTrue(
        missing instanceof FileNotFoundException || missing instanceof NoSuchFileException,
        missing.toString());
    folder.replace("pointer", new byte[] {1});
    folder.replace("pointer", new byte[] {2});
    assertArrayEquals(new byte[] {2}, folder.read("pointer").orElseThrow());
  }
}
