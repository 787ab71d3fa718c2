package io.hindsight.datasets.chunks;

import io.hindsight.datasets.time.TimeBounds;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the file of a source tells: which data was made of it, and what was read for that. Its two
 * lines are the name of its folder, and rows, sequences, earliest and latest time, with {@code -}
 * for times that are not known.
 *
 * @param name of the folder, 64 hexadecimal digits
 * @param bounds of what was read
 */
public record SourcePointer(String name, TimeBounds bounds) {
  /** How the names of such files begin. */
  public static final String PREFIX = "source-";

  private static final Pattern FORM =
      Pattern.compile("([0-9a-f]{64})\n([0-9]{1,18}) ([0-9]{1,18}) (\\S{1,40}) (\\S{1,40})\n");
  private static final String UNKNOWN = "-";

  /** The pointer that bytes write; absent if they write none. */
  public static Optional<SourcePointer> of(byte[] bytes) {
    Matcher match = FORM.matcher(new String(bytes, StandardCharsets.US_ASCII));
    if (!match.matches()) {
      return Optional.empty();
    }
    try {
      TimeBounds bounds =
          TimeBounds.of(
              Long.parseLong(match.group(2)),
              Long.parseLong(match.group(3)),
              time(match.group(4)),
              time(match.group(5)));
      return Optional.of(new SourcePointer(match.group(1), bounds));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> time(String text) {
    return text.equals(UNKNOWN) ? Optional.empty() : Optional.of(Instant.parse(text));
  }

  byte[] toBytes() {
    String text =
        "%s\n%s %s %s %s\n"
            .formatted(
                name,
                bounds.rows(),
                bounds.sequences(),
                text(bounds.earliest()),
                text(bounds.latest()));
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String text(Optional<Instant> time) {
    return time.map(Instant::toString).orElse(UNKNOWN);
  }
}
