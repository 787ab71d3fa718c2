package io.hindsight.driver.run;

import io.hindsight.driver.config.RunConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A table whose noise grows with an input, and what is trained on it. */
final class NoisyTable {
  private static final String YAML =
      """
      data: {format: csv, path: 'PATH', options: {header: true}, sequence: id, time: t,
             inputs: [x], targets: [TARGET], horizon: 0,
             split: {by: id, validation: 0.1, test: 0.4}}
      model: {cell: rnn, hidden: [10], output: OUTPUT}
      training: {steps: STEPS, batch: 16, optimizer: {type: adam, learning-rate: 0.01},
                 schedule: {type: cosine}, validate-every: 600}
      """;

  private final Path table;

  private NoisyTable(Path table) {
    this.table = table;
  }

  /** y is 100 + 30x, with a deviation of 10 + 10x; n is a count of mean 5 + 4x, overdispersed. */
  static NoisyTable in(Path folder) throws IOException {
    Random random = new Random(11);
    List<String> rows = new ArrayList<>(List.of("id,t,x,y,n"));
    for (int s = 0; s < 200; s++) {
      for (int t = 0; t < 30; t++) {
        double x = random.nextDouble() * 2;
        double y = 100 + 30 * x + (10 + 10 * x) * random.nextGaussian();
        double rate = (5 + 4 * x) * -Math.log(1 - random.nextDouble());
        int n = 0;
        for (double p = -Math.log(1 - random.nextDouble()); p < rate; n++) {
          p -= Math.log(1 - random.nextDouble());
        }
        rows.add("s%03d,%d,%.6f,%.6f,%d".formatted(s, t, x, y, n));
      }
    }
    return new NoisyTable(Files.write(folder.resolve("table.csv"), rows));
  }

  /** A run of so many steps, evaluated on the table's test part. */
  RunConfig config(String target, String output, int steps, String... overrides) {
    return TestRuns.config(
        YAML.replace("PATH", table.toString())
            .replace("TARGET", target)
            .replace("OUTPUT", output)
            .replace("STEPS", "" + steps),
        overrides);
  }
}
