package io.hindsight.driver.metrics;

import io.hindsight.driver.storage.LineFile;
import io.hindsight.driver.storage.Storage;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * {@code metrics.jsonl}: one JSON object per line. A killed run may lose lines of steps after its
 * newest checkpoint: none on this machine's disk, those of a tenth of a second on HDFS, all of them
 * on object stores. They are written again when it resumes. {@link MetricsLines} tells what a line
 * holds.
 */
public final class MetricsLog implements Closeable {
  private final LineFile lines;
  private final StepLines steps;

  private MetricsLog(LineFile lines, String implementation) throws IOException {
    this.lines = lines;
    steps = new StepLines(implementation);
  }

  /**
   * Begins an empty log, in the place of an older one.
   *
   * @param implementation name of the arithmetic that runs, written with every step
   */
  public static MetricsLog create(Storage storage, String file, String implementation)
      throws IOException {
    return new MetricsLog(storage.begin(file, nothing -> {}), implementation);
  }

  /**
   * Goes on with a log after a run resumes: lines of later steps, which will be made again, and a
   * line cut off by a kill are dropped.
   *
   * @param steps updates made at the checkpoint that the run resumes from
   * @param implementation as for {@link #create}
   */
  public static MetricsLog resume(Storage storage, String file, long steps, String implementation)
      throws IOException {
    boolean isThere = storage.exists(file);
    LineFile lines =
        storage.begin(
            file,
            out -> {
              if (isThere) {
                copyWithin(storage, file, steps, out);
              }
            });
    return new MetricsLog(lines, implementation);
  }

  /** One line at a time: a log may be larger than memory. */
  private static void copyWithin(Storage storage, String file, long steps, OutputStream out)
      throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(storage.openLines(file), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (MetricsLines.isWithin(line, steps)) {
          out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
      }
    }
  }

  /** Appends a step's line. */
  public void append(StepMetrics metrics) throws IOException {
    lines.append(steps.of(metrics));
  }

  /** Appends a validation's line. */
  public void append(ValidationMetrics metrics) throws IOException {
    lines.append(MetricsLines.of(metrics));
  }

  /** Appends a diagnosis's line. */
  public void append(DiagnosisMetrics metrics) throws IOException {
    lines.append(MetricsLines.of(metrics));
  }

  /** Appends a checkpoint's line. */
  public void append(CheckpointMetrics metrics) throws IOException {
    lines.append(MetricsLines.of(metrics));
  }

  /** Appends a rollback's line. */
  public void append(RollbackMetrics metrics) throws IOException {
    lines.append(MetricsLines.of(metrics));
  }

  /**
   * Hands on all lines so far; called before a checkpoint is saved, so that a run resumed from it
   * finds the lines of all its steps.
   */
  public void flush() throws IOException {
    lines.flush();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
