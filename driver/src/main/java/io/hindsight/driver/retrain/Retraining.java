package io.hindsight.driver.retrain;

import io.hindsight.driver.lease.Lease;
import io.hindsight.driver.lease.LeaseException;
import io.hindsight.driver.registry.Registry;
import io.hindsight.driver.registry.RegistryAccess;
import io.hindsight.driver.retrain.folder.RunFolder;
import io.hindsight.driver.run.ExitCode;
import io.hindsight.driver.train.ResumableException;
import io.hindsight.driver.train.StopRequest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;

/**
 * A whole retraining, from the lease to the record of its end. It may be killed anywhere and run
 * again with the same request: it goes on behind the last stage that was done, to the same bits.
 */
public final class Retraining {
  private final RetrainRequest request;
  private final StopRequest stop;
  private final Clock clock;

  private Retraining(RetrainRequest request, StopRequest stop, Clock clock) {
    this.request = request;
    this.stop = stop;
    this.clock = clock;
  }

  /**
   * Retrains.
   *
   * @param stop may ask it to save its state and end before its time
   * @throws LeaseException if another process works on the same run
   * @throws ResumableException if it was asked to stop
   * @throws RuntimeException as {@link io.hindsight.driver.run.ExitCode#judge} understands it
   */
  public static RetrainResult run(RetrainRequest request, StopRequest stop) {
    return run(request, stop, Clock.systemUTC());
  }

  /**
   * The same by another clock, on which no result depends.
   *
   * @param clock tells people when what happened
   */
  static RetrainResult run(RetrainRequest request, StopRequest stop, Clock clock) {
    Retraining retraining = new Retraining(request, stop, clock);
    return RegistryAccess.read(request.registry(), retraining::run);
  }

  private RetrainResult run(Registry registry) throws IOException {
    RunPlan plan = RunPlan.of(request);
    registry.begin();
    RunFolder folder = RunFolder.of(registry.storage(), registry.location(), plan.key());
    try (Lease lease = folder.take(this::pause)) {
      return underLease(registry, plan, folder.behind(lease), lease);
    }
  }

  private RetrainResult underLease(Registry registry, RunPlan plan, RunFolder folder, Lease lease)
      throws IOException {
    RunJournal journal = RunJournal.begin(folder, plan, clock);
    RunEnd end = new RunEnd(registry, request.config(), clock);
    RetrainContext context =
        new RetrainContext(request, plan, registry, folder, journal, this::pause, stop);
    try {
      RetrainResult result = new RunStages(context).run();
      end.tell(result);
      return result;
    } catch (IOException | RuntimeException | Error failure) {
      boolean isMistake = ExitCode.judge(failure).code() == ExitCode.USAGE;
      if (isHeld(lease) && (journal.isBegun() || !isMistake)) {
        end.tell(journal.failed(failure));
      }
      throw failure;
    }
  }

  /** Otherwise how the run ends is its successor's to tell. */
  private static boolean isHeld(Lease lease) {
    try {
      lease.requireAsKnown();
      return true;
    } catch (LeaseException lost) {
      return false;
    }
  }

  /** Between two looks at the lease of another. */
  private void pause(long millis) throws IOException {
    if (stop.origin().isPresent()) {
      throw ResumableException.beforeTraining(stop.origin().get());
    }
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while another's lease was looked at");
    }
  }
}
