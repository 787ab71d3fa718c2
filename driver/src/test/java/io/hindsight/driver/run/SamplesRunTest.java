package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.table.TableSettings;
import io.hindsight.driver.answer.Samples;
import io.hindsight.driver.answer.TableOutput;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.predict.TablePredictions;
import io.hindsight.driver.spark.session.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Samples of a forecast of three steps, each of a distribution. */
class SamplesRunTest {
  private static final int AHEAD = 3;
  private static final int SERIES = 12;
  private static final int DRAWN = 1000;
  private static final String YAML =
      """
      data: {format: csv, path: 'PATH', options: {header: true}, sequence: id, time: t,
             inputs: [y], targets: [y], horizon: 3, strategy: direct,
             split: {validation: 6, test: 6}}
      model: {cell: gru, hidden: [6], output: {OUTPUT}}
      training: {steps: 10, batch: 6, optimizer: {type: adam, learning-rate: 0.02}}
      """;

  private static TestSession session;
  @TempDir private Path folder;
  private Path table;

  @BeforeAll
  static void open() {
    session = TestSession.forTables(Map.of());
  }

  @AfterAll
  static void close() {
    session.close();
  }

  @BeforeEach
  void write() throws IOException {
    session.sessions().session();
    Random random = new Random(7);
    List<String> rows = new ArrayList<>(List.of("id,t,y"));
    for (int s = 0; s < SERIES; s++) {
      for (int t = 0; t < 30 + s; t++) {
        rows.add(String.format(Locale.ROOT, "s%02d,%d,%.6f", s, t, 3 + random.nextGaussian()));
      }
    }
    table = Files.write(folder.resolve("table.csv"), rows);
  }

  @AfterEach
  void reset() {
    SparkSession.active().conf().unset(TableSettings.SMALL);
  }

  private ModelBundle trained(String output) {
    String yaml = YAML.replace("PATH", table.toString()).replace("OUTPUT", output);
    Path run = folder.resolve("run-" + Integer.toHexString(output.hashCode()));
    TestRuns.train(TestRuns.config(yaml), run);
    String location = run.resolve("model").toString();
    return ModelBundle.load(location, Optional.empty(), List.of());
  }

  private List<Row> predict(ModelBundle model, String name) {
    String place = folder.resolve(name).toString();
    TablePredictions.run(model, TableOutput.of("parquet", place));
    return SparkSession.active().read().parquet(place).orderBy("id", "horizon").collectAsList();
  }

  @Test
  void shouldDrawTheSameSamplesWhoeverDrawsThem() throws IOException {
    ModelBundle model = trained("distribution: student-t").drawing(new Samples(5, 42));
    List<Row> held = predict(model, "held");
    assertEquals(SERIES * AHEAD, held.size());
    SparkSession.active().conf().set(TableSettings.SMALL, "0");
    assertEquals(held, predict(model, "tasks"));
    SparkSession.active().conf().set("spark.sql.files.maxPartitionBytes", "2k");
    assertEquals(held, predict(model, "pieces"));
    SparkSession.active().conf().unset("spark.sql.files.maxPartitionBytes");
    Path file = folder.resolve("answers.csv");
    TablePredictions.run(model, file.toString());
    List<String> lines = Files.readAllLines(file);
    assertEquals("sequence,time,horizon,y,y_q10,y_q90,y_samples,target_time,reason", lines.get(0));
    for (int row = 0; row < held.size(); row++) {
      String[] drawn = lines.get(1 + row).split(",")[6].split(" ");
      List<Double> expected = held.get(row).getList(held.get(row).fieldIndex("prediction_samples"));
      assertEquals(5, drawn.length);
      for (int i = 0; i < drawn.length; i++) {
        assertEquals(expected.get(i), Double.parseDouble(drawn[i]));
      }
    }
    assertNotEquals(held, predict(model.drawing(new Samples(5, 43)), "other"));
  }

  @Test
  void shouldDrawOfTheDistributionThatIsAnswered() {
    ModelBundle model = trained("distribution: gaussian");
    List<Row> rows = predict(model.drawing(new Samples(DRAWN, 0)), "drawn");
    double bound = 4 * Math.sqrt(0.1 * 0.9 / DRAWN);
    for (Row row : rows) {
      List<Double> drawn = row.getList(row.fieldIndex("prediction_samples"));
      double low = row.<Double>getAs("prediction_q10");
      double high = row.<Double>getAs("prediction_q90");
      double mean = drawn.stream().collect(Collectors.averagingDouble(x -> x));
      double deviation = (high - low) / (2 * 1.2815515655446004);
      assertEquals(0.1, share(drawn, low), bound);
      assertEquals(0.9, share(drawn, high), bound);
      assertEquals(
          row.<Double>getAs("prediction"), mean, 4 * deviation / Math.sqrt(DRAWN), "the mean");
    }
    assertEquals(rows.size() * DRAWN, distinct(rows), "samples of one row are those of another");
  }

  private static double share(List<Double> drawn, double below) {
    return drawn.stream().filter(x -> x < below).count() / (double) drawn.size();
  }

  private static long distinct(List<Row> rows) {
    return rows.stream()
        .flatMap(row -> row.<Double>getList(row.fieldIndex("prediction_samples")).stream())
        .distinct()
        .count();
  }

  @Test
  void shouldRefuseWhatHasNoSamples() {
    ModelBundle plain = trained("at: every-step");
    ConfigException loss =
        assertThrows(ConfigException.class, () -> plain.drawing(new Samples(5, 0)));
    assertTrue(loss.getMessage().contains("--samples 5"), loss.getMessage());
    assertTrue(loss.getMessage().contains("squared-error"), loss.getMessage());
    ModelBundle model = trained("distribution: gaussian").drawing(new Samples(5, 0));
    TableOutput csv = TableOutput.of("csv", folder.resolve("flat").toString());
    ConfigException flat =
        assertThrows(ConfigException.class, () -> TablePredictions.run(model, csv));
    assertTrue(flat.getMessage().contains("--format csv: samples are lists"), flat.getMessage());
  }
}
