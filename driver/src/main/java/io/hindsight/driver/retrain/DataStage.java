package io.hindsight.driver.retrain;

import io.hindsight.datasets.TimeWindow;
import io.hindsight.datasets.profile.DataProfile;
import io.hindsight.datasets.profile.Profiled;
import io.hindsight.datasets.snapshot.Reading;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.table.TableReader;
import io.hindsight.driver.gate.DataGate;
import io.hindsight.driver.gate.DataVerdict;
import io.hindsight.driver.registry.Registry;
import io.hindsight.driver.registry.Version;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Looks at the data of a window and judges it, before anything is trained on it. */
final class DataStage {
  private static final int TRAILING = 5; // versions whose rows are a measure of those to come

  private final RetrainContext context;
  private final Registry registry;

  DataStage(RetrainContext context) {
    this.context = context;
    this.registry = context.registry();
  }

  /** Judges a table; needs a session. */
  DataFindings judge(TableSpec table) throws IOException {
    List<Version> versions = registry.exists() ? registry.list() : List.of();
    Optional<Version> champion = context.champion();
    Optional<DataProfile> before = champion.flatMap(version -> version.data().profile());
    HoldoutCut cut = HoldoutCut.of(table.split());
    Profiled now = new TableReader(table, new Reading()).profile(before, cut.newest());
    List<Long> trailing =
        versions.stream()
            .flatMap(version -> version.data().profile().stream())
            .limit(TRAILING)
            .map(DataProfile::rows)
            .toList();
    DataVerdict verdict =
        DataGate.judge(
            now,
            before,
            trailing,
            new DataGate.Window(Optional.of(context.plan().window().to()), hasMoved(champion)),
            context.plan().config().gate().data());
    if (verdict.kind() == DataVerdict.Kind.TOO_LITTLE_OR_LATE) {
      return new DataFindings(verdict, now.profile(), Optional.empty());
    }
    Optional<Holdout> holdout = cut.of(now);
    if (holdout.isEmpty()) {
      return new DataFindings(tooShort(verdict), now.profile(), holdout);
    }
    DataVerdict all =
        before.map(known -> verdict.and(judgeNewest(table, holdout.get(), known))).orElse(verdict);
    return new DataFindings(all, now.profile(), holdout);
  }

  private DataVerdict judgeNewest(TableSpec table, Holdout holdout, DataProfile known) {
    TimeWindow newest = new TimeWindow(holdout.testFrom(), context.plan().window().to());
    Profiled profiled =
        new TableReader(table.within(newest), new Reading()).profile(Optional.of(known), 1);
    return DataGate.judgeNewest(profiled, known, context.plan().config().gate().data());
  }

  private boolean hasMoved(Optional<Version> champion) {
    String to = context.plan().window().to().toString();
    String from = context.plan().window().from().toString();
    return champion
        .filter(
            version ->
                version.data().source().path(Origin.FROM).asText().equals(from)
                    && version.data().source().path(Origin.TO).asText().equals(to))
        .isEmpty();
  }

  private static DataVerdict tooShort(DataVerdict verdict) {
    return new DataVerdict(
        DataVerdict.Kind.TOO_LITTLE_OR_LATE,
        verdict.checks(),
        List.of("the window has fewer times than data.split holds out"));
  }
}
