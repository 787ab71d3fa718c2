package io.hindsight.driver.config.yaml;

import java.util.Comparator;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * Where a piece of configuration was written.
 *
 * @param source file name, or an override as it was given
 * @param rank 0 for the file, then the position of the override among its like
 * @param line from 1; 0 in an override
 * @param column from 1; 0 in an override
 */
public record SourcePlace(String source, int rank, int line, int column)
    implements Comparable<SourcePlace> {
  private static final Comparator<SourcePlace> ORDER =
      Comparator.comparingInt(SourcePlace::rank)
          .thenComparingInt(SourcePlace::line)
          .thenComparingInt(SourcePlace::column);

  /** A position in the file. */
  public static SourcePlace inFile(String file, int line, int column) {
    return new SourcePlace(file, 0, line, column);
  }

  /** The {@code rank}-th override, from 1. */
  static SourcePlace override(String text, int rank) {
    return new SourcePlace("--set " + text, rank, 0, 0);
  }

  /** The marked position; the start of this source if there is no mark. */
  SourcePlace at(Optional<Mark> mark) {
    if (rank > 0) {
      return this;
    }
    return mark.map(m -> inFile(source, m.getLine() + 1, m.getColumn() + 1))
        .orElse(inFile(source, 1, 1));
  }

  @Override
  public int compareTo(SourcePlace other) {
    return ORDER.compare(this, other);
  }
}
