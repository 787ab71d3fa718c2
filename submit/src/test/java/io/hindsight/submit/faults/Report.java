package io.hindsight.submit.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.submit.faults.BrokenPromise.Sort;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** What came of a campaign: lines as it goes, a table in the end, and a file after every run. */
final class Report {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final String ROW = "%-20s %7s %7s %12s %7s %7s %16s %19s%n";

  private final PrintStream out;
  private final Path file;
  private final Map<FaultKind, Tally> tallies = new EnumMap<>(FaultKind.class);
  private final Map<FaultKind, String> impossible;
  private final ObjectNode json = JSON.createObjectNode();
  private int runs;
  private int resumes;
  private int broken;

  /**
   * Begins a report.
   *
   * @param file receives it as JSON
   * @param impossible faults that cannot be brought about here, and why
   */
  Report(PrintStream out, Path file, long seed, Map<FaultKind, String> impossible) {
    this.out = out;
    this.file = file;
    this.impossible = impossible;
    json.put("seed", seed);
    for (FaultKind kind : FaultKind.values()) {
      tallies.put(kind, new Tally());
    }
    impossible.forEach((kind, why) -> out.printf("not here: %s, as it %s%n", kind.label(), why));
  }

  /** A scenario begins. */
  void begin(Scenario scenario) {
    out.printf("seed %d: %s%n", scenario.seed(), scenario.describe());
    out.flush();
  }

  /** A scenario that cannot be run here. */
  void skip(Scenario scenario, FaultKind kind) {
    out.printf("seed %d: left out, for want of '%s'%n", scenario.seed(), kind.label());
  }

  /** A scenario has ended. */
  void add(RunResult result) throws IOException {
    runs++;
    resumes += result.resumes();
    result.struck().forEach(struck -> tallies.get(struck.fault().kind()).add(struck));
    if (result.broken().isPresent()) {
      addBroken(result, result.broken().get());
    } else {
      out.printf(
          "  as undisturbed; %d resumed, %d came too late, %.0f s%n",
          result.resumes(), result.missed(), result.seconds());
    }
    write(file);
  }

  private void addBroken(RunResult result, BrokenPromise promise) {
    broken++;
    int last = result.struck().size() - 1;
    for (int i = 0; i <= last; i++) {
      if (promise.sort() != Sort.HANG || i == last) {
        tallies.get(result.struck().get(i).fault().kind()).add(promise.sort());
      }
    }
    out.printf("  BROKEN, %s: %s%n", promise.sort(), promise.getMessage());
    long seed = result.scenario().seed();
    out.printf("  replay: .ci/faults 0 --seed %d; kept: %s%n", seed, result.kept().orElseThrow());
    json.withArray("/broken")
        .addObject()
        .put("seed", seed)
        .put("sort", promise.sort().name())
        .put("what", promise.getMessage())
        .put("scenario", result.scenario().describe())
        .put("kept", result.kept().orElseThrow().toString());
  }

  private void write(Path to) throws IOException {
    json.put("runs", runs).put("resumes", resumes).put("broken_promises", broken);
    ObjectNode faults = json.putObject("faults");
    tallies.forEach((kind, tally) -> faults.set(kind.label(), tally.toJson(JSON)));
    ObjectNode reasons = json.putObject("impossible");
    impossible.forEach((kind, why) -> reasons.put(kind.label(), why));
    JSON.writeValue(to.toFile(), json);
  }

  /** The table of all; whether every promise was kept. */
  boolean conclude() {
    out.println();
    out.printf(
        ROW,
        "fault",
        "struck",
        "broken",
        "wrong hash",
        "hangs",
        "others",
        "longest step, s",
        "longest silence, s");
    tallies.forEach((kind, tally) -> out.print(tally.row(ROW, kind)));
    out.printf(
        "%d runs, %d resumed, %d broken promises; a silence is the time without a step, restarts"
            + " included%n%s%n",
        runs, resumes, broken, file);
    return broken == 0;
  }
}
