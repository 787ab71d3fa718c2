package io.hindsight.driver.retrain;

import io.hindsight.driver.lease.Lease;
import io.hindsight.driver.registry.Blessing;
import io.hindsight.driver.registry.Pointer;
import io.hindsight.driver.registry.Registry;
import io.hindsight.driver.registry.Version;
import io.hindsight.driver.retrain.folder.Outcome;
import io.hindsight.driver.retrain.folder.RetrainStatus;
import io.hindsight.driver.retrain.folder.RunFolder;
import io.hindsight.driver.train.StopRequest;
import java.io.IOException;
import java.util.Optional;

/**
 * What all stages of a retraining share.
 *
 * @param request what was asked for
 * @param plan what follows from it
 * @param registry whose champion may change
 * @param folder of the run, behind its lease
 * @param journal tells where the run stands
 * @param pause between two looks at another's lease
 * @param stop may ask the run to end before its time
 */
record RetrainContext(
    RetrainRequest request,
    RunPlan plan,
    Registry registry,
    RunFolder folder,
    RunJournal journal,
    Lease.Pause pause,
    StopRequest stop) {
  StartingPoint startingPoint() {
    return new StartingPoint(registry, request.start());
  }

  /**
   * The champion to compare with: the present one or, where none is to be promoted, that of the
   * window's end.
   *
   * @return empty without one
   */
  Optional<Version> champion() throws IOException {
    if (!registry.exists()) {
      return Optional.empty();
    }
    Optional<Pointer> pointer =
        request.promote() ? registry.state() : registry.stateAt(plan.window().to());
    return pointer.isPresent() ? Optional.of(registry.describe(pointer.get())) : Optional.empty();
  }

  /** The end of a run that was judged before. */
  RetrainResult unchanged(RetrainStatus before) throws IOException {
    return new RetrainResult(
        Outcome.UNCHANGED, before, folder.location(), folder.blessing(before), Optional.empty());
  }

  /** The end of a run whose candidate is no version. */
  RetrainResult ended(
      Outcome outcome, String reason, Optional<Blessing> blessing, DataFindings data)
      throws IOException {
    return ended(outcome, reason, Optional.empty(), blessing, data);
  }

  /** The end of a run. */
  RetrainResult ended(
      Outcome outcome,
      String reason,
      Optional<String> version,
      Optional<Blessing> blessing,
      DataFindings data)
      throws IOException {
    RetrainStatus status = journal.ended(outcome, reason, version);
    return new RetrainResult(
        outcome, status, folder.location(), blessing, Optional.of(data.profile()));
  }
}
