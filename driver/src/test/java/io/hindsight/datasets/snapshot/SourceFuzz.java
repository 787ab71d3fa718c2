package io.hindsight.datasets.snapshot;

import io.hindsight.fuzz.Parsing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;

/** What is stored of a source. */
public final class SourceFuzz {
  private SourceFuzz() {}

  /** Whether an input is accepted; an error if a promise is broken. */
  public static boolean accepts(byte[] input) {
    return Parsing.accepts(input, SourceFuzz::parse, IOException.class);
  }

  private static void parse(byte[] input) throws IOException {
    try (RecordedSource recorded = RecordedSource.open(new ByteArrayInputStream(input))) {
      SourceDifference none = recorded.differenceTo(SourceFiles.of("source", List.of()));
      if (none.found().isEmpty() || none.where().isEmpty()) {
        throw new AssertionError("a difference without words: " + none);
      }
    }
  }
}
