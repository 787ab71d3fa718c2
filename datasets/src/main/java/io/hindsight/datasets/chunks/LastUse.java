package io.hindsight.datasets.chunks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When a run last began with the data of a folder: the only line of a file beside the chunks. It is
 * there before the first chunk, so that data in the making is not taken for forgotten.
 */
public final class LastUse {
  /** The file's name. */
  public static final String NAME = "used";

  private static final Logger LOG = LoggerFactory.getLogger(LastUse.class);

  private LastUse() {}

  /** Notes that it is used now. */
  static void note(ChunkFolder folder) throws IOException {
    String line = Instant.now().truncatedTo(ChronoUnit.SECONDS) + "\n";
    folder.replace(NAME, line.getBytes(StandardCharsets.US_ASCII));
  }

  /** As {@link #note}; a run that may only read the data goes on without. */
  static void noteIfPossible(ChunkFolder folder) {
    try {
      note(folder);
    } catch (IOException refused) {
      LOG.warn(
          "cannot note in {} that the data is used, so prune-store may take it for unused: {}",
          folder.location(),
          refused.getMessage());
    }
  }

  /** The time that a file's content tells; absent if it tells none. */
  public static Optional<Instant> of(byte[] content) {
    try {
      return Optional.of(Instant.parse(new String(content, StandardCharsets.US_ASCII).strip()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
