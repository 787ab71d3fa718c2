package io.hindsight.driver.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.api.Test;

class WriteRetryTest {
  private static final IOException REFUSAL = new IOException("java.lang.AssertionError");

  @Test
  void shouldWaitLongerEachTimeAndBeginAnewAfterSuccess() {
    WriteRetry retry = new WriteRetry();
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      waits.add(retry.after(REFUSAL).orElseThrow());
    }
    assertEquals(List.of(1000L, 2000L, 4000L, 8000L, 15000L, 15000L), waits);
    retry.succeeded();
    assertEquals(Optional.of(1000L), retry.after(REFUSAL));
  }

  @Test
  void shouldEndWithTheLastRefusal() {
    IOException thrown =
        assertThrows(
            IOException.class,
            () ->
                new WriteRetry(Duration.ZERO)
                    .write(
                        "it",
                        () -> {
                          throw REFUSAL;
                        }));
    assertSame(REFUSAL, thrown);
  }

  @Test
  void shouldWriteAgainUntilItGoesWell() throws IOException {
    List<String> attempts = new ArrayList<>();
    new WriteRetry()
        .write(
            "it",
            () -> {
              attempts.add("attempt");
              if (attempts.size() < 2) {
                throw REFUSAL;
              }
            });
    assertEquals(2, attempts.size());
  }

  @Test
  void shouldNotWaitForWhatTimeDoesNotMend() {
    List<IOException> lasting =
        List.of(
            new AccessDeniedException("/runs"),
            new AccessControlException("Permission denied"),
            new ParentNotDirectoryException("/runs is a file"),
            new IOException("write failed", new IOException("No space left on device")),
            StorageException.explain("/runs", new IOException("Disk quota exceeded")));
    for (IOException failure : lasting) {
      assertEquals(Optional.empty(), new WriteRetry().after(failure), failure::toString);
    }
  }
}
