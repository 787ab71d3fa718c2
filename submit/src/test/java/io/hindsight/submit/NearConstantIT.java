package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A clock among the inputs does no harm where new data drops a sample. */
class NearConstantIT {
  private static final String YAML =
      """
      name: clock
      seed: 1
      data:
        format: csv
        path: PATH
        options: {header: true}
        sequence: machine
        time: n
        inputs: [clock, wave]
        targets: [wave]
        difference: true
        split: {by: time, validation: 40, test: 40}
      model: {cell: gru, hidden: [8]}
      training:
        epochs: 40
        batch: 8
        bptt: {window: 40, stride: 10}
        optimizer: {type: adam, learning-rate: 1e-2}
        clip: {norm: 1.0}
      """;

  @TempDir Path dir;

  @BeforeAll
  static void start() {
    TestSession.start();
  }

  @Test
  void shouldErrOnNewDataAsWithoutTheClock() throws IOException {
    double with = rmse("with", YAML);
    double without = rmse("without", YAML.replace("[clock, wave]", "[wave]"));

    // The last value again errs by 0.43; with the clock divided by its rounding it was 10^12.
    assertTrue(with < 0.1, () -> "rmse " + with);
    assertTrue(Math.abs(with - without) < 0.02, () -> with + " and " + without);
  }

  private double rmse(String name, String yaml) throws IOException {
    Path data = Workbench.file(dir, "train.csv", machine(0, 400, -1));
    Path later = Workbench.file(dir, "new.csv", machine(400, 460, 430));
    Path folder = Files.createDirectories(dir.resolve(name));
    run(Workbench.train(folder, Workbench.config(folder, yaml, data)).toArray(String[]::new));
    String model = folder.resolve("run/model").toString();
    CommandLineRun report = run("evaluate", "--model", model, "--data", later.toString(), "--json");
    return new ObjectMapper().readTree(report.out()).get("rmse").asDouble();
  }

  private static CommandLineRun run(String... command) {
    CommandLineRun run = CommandLineRun.of(command);
    assertEquals(0, run.code(), run.err());
    return run;
  }

  private static String machine(int from, int to, int dropped) {
    StringBuilder csv = new StringBuilder("machine,n,clock,wave\n");
    for (int n = from; n < to; n++) {
      double wave = 10 + 3 * StrictMath.sin(n * 0.2);
      if (n != dropped) {
        csv.append(String.format(Locale.ROOT, "m1,%d,%d.%d,%.4f%n", n, n / 10, n % 10, wave));
      }
    }
    return csv.toString();
  }
}
