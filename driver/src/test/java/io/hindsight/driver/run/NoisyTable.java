package io.hindsight.driver.run;

import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.spark.session.Sessions;
import io.hindsight.driver.spark.session.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A table whose noise grows with an input, what is trained on it, and a session for that. */
final class NoisyTable implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
  /** Up to so many bytes a table is brought together by the driver. */
  static final String SMALL = "spark.hindsight.table.small";

  private static final String YAML =
      """
      data: {format: csv, path: 'PATH', options: {header: true}, sequence: id, time: t,
             inputs: [x], targets: [TARGET], horizon: 0,
             split: {by: id, validation: 0.1, test: 0.4}}
      model: {cell: rnn, hidden: [10], output: OUTPUT}
      training: {steps: STEPS, batch: 16, optimizer: {type: adam, learning-rate: 0.01},
                 schedule: {type: cosine}, validate-every: 600}
      """;

  private TestSession session;
  private Path table;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    session = TestSession.forTables(Map.of());
    session.sessions().session();
    table = Files.write(Files.createTempFile("noisy", ".csv"), rows());
  }

  @Override
  public void afterEach(ExtensionContext context) {
    SparkSession.active().conf().unset(SMALL);
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    session.close();
    Files.delete(table);
  }

  /** y is 100 + 30x, with a deviation of 10 + 10x; n is a count of mean 5 + 4x, overdispersed. */
  private static List<String> rows() {
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
    return rows;
  }

  /** The session that reads the table. */
  Sessions sessions() {
    return session.sessions();
  }

  /** The model of a run. */
  static ModelBundle model(Path run) {
    return ModelBundle.load(run.resolve("model").toString(), Optional.empty(), List.of());
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
