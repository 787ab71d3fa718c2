package io.hindsight.submit.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Runs scenario after scenario, each with the next seed. */
final class Campaign {
  private final Path folder;
  private final Place place;
  private final Undisturbed undisturbed;
  private final Report report;

  Campaign(Path folder, Place place, Report report) throws IOException {
    this.folder = folder;
    this.place = place;
    this.report = report;
    undisturbed = new Undisturbed(Files.createDirectory(folder.resolve("undisturbed")));
  }

  /** One scenario, unless this system does not let one bring its faults about. */
  void run(long seed) throws Exception {
    Scenario scenario = Scenario.of(seed);
    Optional<FaultKind> impossible =
        scenario.faults().stream()
            .map(Fault::kind)
            .filter(place.impossible()::containsKey)
            .findFirst();
    if (impossible.isPresent()) {
      report.skip(scenario, impossible.get());
      return;
    }
    report.begin(scenario);
    report.add(run(scenario));
  }

  private RunResult run(Scenario scenario) throws Exception {
    long start = System.nanoTime();
    Path home = Files.createDirectory(folder.resolve("run-" + scenario.seed()));
    String expected = undisturbed.sha256(scenario.setting().task());
    try (Scene scene = new Scene(place, scenario, home);
        Watch watch = new Watch(scene.files())) {
      ScenarioRun run = new ScenarioRun(scenario, scene, watch);
      Optional<BrokenPromise> broken = Optional.empty();
      try {
        complete(run, scene);
        new Verdict(scenario, scene.files()).check(expected);
        place.awaitIdle();
      } catch (BrokenPromise promise) {
        broken = Optional.of(promise);
        scene.keep();
        place.renew();
      }
      return new RunResult(
          scenario,
          run.struck(),
          run.missed(),
          scene.drivers() - 1,
          (System.nanoTime() - start) / 1e9,
          broken,
          broken.map(promise -> home));
    }
  }

  private static void complete(ScenarioRun run, Scene scene) throws Exception {
    try {
      run.complete();
    } finally {
      scene.settle();
    }
  }
}
