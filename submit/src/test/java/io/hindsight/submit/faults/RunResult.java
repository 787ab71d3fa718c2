package io.hindsight.submit.faults;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How a scenario went.
 *
 * @param struck the faults that struck, in their order
 * @param missed faults whose moment did not come, as the run had ended
 * @param resumes how often the driver was started again
 * @param seconds wall time
 * @param broken the promise that was broken; the last fault of {@code struck} is held to be its
 *     cause where that matters
 * @param kept where the run is kept, if a promise was broken
 */
record RunResult(
    Scenario scenario,
    List<Struck> struck,
    int missed,
    int resumes,
    double seconds,
    Optional<BrokenPromise> broken,
    Optional<Path> kept) {
  RunResult {
    struck = List.copyOf(struck);
  }
}
