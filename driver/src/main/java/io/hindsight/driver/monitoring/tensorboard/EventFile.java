package io.hindsight.driver.monitoring.tensorboard;

import io.hindsight.driver.metrics.DiagnosisMetrics;
import io.hindsight.driver.metrics.MetricsSink;
import io.hindsight.driver.metrics.RollbackMetrics;
import io.hindsight.driver.metrics.StatusFile;
import io.hindsight.driver.metrics.StepMetrics;
import io.hindsight.driver.metrics.ValidationMetrics;
import io.hindsight.driver.storage.LineFile;
import io.hindsight.driver.storage.Storage;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;

/**
 * The event file that TensorBoard reads of a run, a record with each line of {@code metrics.jsonl}
 * and with the same numbers, as float32. It grows as that log does, and loses what that loses: see
 * {@link io.hindsight.driver.metrics.MetricsLog}. When a run goes on from a checkpoint, events of
 * later steps are left out, as they come again.
 */
public final class EventFile implements MetricsSink {
  private static final String NAME = "events.out.tfevents.hindsight"; // known by its middle

  private final Storage storage;
  private final String file;
  private final LineFile records;
  private long last; // updates made, as far as told

  private EventFile(Storage storage, String file, LineFile records) {
    this.storage = storage;
    this.file = file;
    this.records = records;
  }

  /**
   * Begins a file, or goes on with one.
   *
   * @param folder for this file alone
   * @param made updates made; what is told of later steps is left out
   */
  public static EventFile open(Storage storage, String folder, long made) throws IOException {
    storage.createDirectory(folder);
    String file = folder + "/" + NAME;
    return new EventFile(storage, file, begin(storage, file, made));
  }

  private static LineFile begin(Storage storage, String file, long made) throws IOException {
    boolean isThere = made > 0 && storage.exists(file);
    return storage.begin(
        file,
        out -> {
          if (isThere) {
            copyWithin(storage, file, made, out);
          } else {
            out.write(TfRecord.of(EventMessage.version(System.currentTimeMillis())));
          }
        });
  }

  private static void copyWithin(Storage storage, String file, long made, OutputStream out)
      throws IOException {
    try (DataInputStream in = new DataInputStream(storage.openLines(file))) {
      for (Optional<byte[]> event = TfRecord.next(in);
          event.isPresent();
          event = TfRecord.next(in)) {
        if (isWithin(EventMessage.place(event.get()), made)) {
          out.write(TfRecord.of(event.get()));
        }
      }
    }
  }

  /** A validation comes after so many updates, all else is of the step that comes next. */
  private static boolean isWithin(EventMessage.Place place, long made) {
    return Scalars.isOfValidation(place.firstTag()) ? place.step() <= made : place.step() < made;
  }

  @Override
  public void step(StepMetrics metrics, int sequences) throws IOException {
    append(metrics.step(), Scalars.of(metrics, sequences));
    last = metrics.step() + 1;
  }

  @Override
  public void validation(ValidationMetrics metrics) throws IOException {
    append(metrics.step(), Scalars.of(metrics));
  }

  @Override
  public void diagnosis(DiagnosisMetrics metrics) throws IOException {
    append(metrics.step(), Scalars.of(metrics.diagnosis()));
  }

  @Override
  public void rollback(RollbackMetrics metrics) throws IOException {
    records.append(TfRecord.of(EventMessage.restart(System.currentTimeMillis(), metrics.to())));
  }

  private void append(long step, Map<String, Double> values) throws IOException {
    records.append(record(step, values));
  }

  private static byte[] record(long step, Map<String, Double> values) {
    return TfRecord.of(EventMessage.scalars(System.currentTimeMillis(), step, values));
  }

  @Override
  public void flush() throws IOException {
    records.flush();
  }

  @Override
  public void close() throws IOException {
    records.close();
  }

  /** Adds what the model reaches, at the end of a run that has one. */
  @Override
  public void ended(StatusFile status) throws IOException {
    if (status.weightsSha256().isPresent()) {
      try (LineFile all = begin(storage, file, Long.MAX_VALUE)) {
        all.append(record(Math.max(last, status.steps()), Scalars.of(status)));
      }
    }
  }
}
