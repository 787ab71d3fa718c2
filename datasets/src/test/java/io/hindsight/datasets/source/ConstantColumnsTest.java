package io.hindsight.datasets.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.RawTable;
import io.hindsight.datasets.Tables;
import io.hindsight.datasets.TestSession;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoded.EncodedInputs;
import io.hindsight.datasets.encoded.Forecast;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.encoding.Scaling;
import io.hindsight.datasets.fit.ConstantColumns;
import io.hindsight.datasets.snapshot.Reading;
import io.hindsight.datasets.spec.Scale;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.datasets.table.TableReader;
import io.hindsight.datasets.time.TableTimes;
import io.hindsight.kernels.batch.Sequence;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.WriterAppender;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Constant columns of whole tables: how they are encoded, in new data too, and told. */
class ConstantColumnsTest {
  private static final List<String> BOTH = List.of("clock", "wave");

  private static SparkSession session;

  @TempDir Path folder;

  @BeforeAll
  static void startSession() {
    session = TestSession.start();
  }

  @Test
  void shouldReadAClockAsZeroEvenWhereNewDataDropsASample() throws IOException {
    TableSpec spec = table(machine(400, -1), BOTH, List.of("wave"));
    for (Scale scale : List.of(Scale.STANDARDIZE, Scale.MINMAX)) {
      EncodedData trained = DataReader.fit(Tables.withScale(spec, scale, true), 1, 1);
      TableSpec dropped = table(machine(60, 20), BOTH, List.of("wave"));
      EncodedInputs inputs = DataReader.inputs(dropped, trained.encoding(), 1);
      TableSpec without =
          table(spec.location().path().orElseThrow(), List.of("wave"), List.of("wave"));
      EncodedData alone = DataReader.fit(Tables.withScale(without, scale, true), 1, 1);

      assertArrayEquals(
          alone.training().get(0).features(), column(trained.training().get(0), 1), 0);
      assertArrayEquals(alone.training().get(0).targets(), trained.training().get(0).targets(), 0);
      assertArrayEquals(new double[59 - 1], column(inputs.sequences().get(0), 0), 0);
    }
  }

  @Test
  void shouldTellTheConstantColumnsWithTheirValue() throws IOException {
    TableSpec spec = table(machine(400, -1), BOTH, BOTH);
    assertEquals(
        "constant in the training part: input clock (changes by 0.100000), target clock (changes by"
            + " 0.100000); such an input is always read as 0, such a target always answered so",
        summary(Tables.withScale(spec, Scale.STANDARDIZE, true)));
    String powers = file(rows(200, t -> Math.pow(1.02, t) + "," + 7));
    assertEquals(
        "constant in the training part: input clock (grows by the factor 1.02000), input wave"
            + " (grows by the factor 1.00000); such an input is always read as 0, such a target"
            + " always answered so",
        summary(Tables.withScale(table(powers, BOTH, List.of("n")), Scale.LOG, true)));
    assertEquals(
        "constant in the training part: input wave (is 7.00000); such an input is always read as 0,"
            + " such a target always answered so",
        summary(Tables.withScale(table(powers, BOTH, List.of("n")), Scale.LOG, false)));
    assertEquals("", summary(Tables.withScale(spec, Scale.STANDARDIZE, false)));
    assertEquals("", summary(Tables.withScale(spec, Scale.NONE, true)));
  }

  @Test
  void shouldLogThemOnceInTrainingAndOnceForNewData() throws IOException {
    TableSpec spec =
        Tables.withScale(table(machine(400, -1), BOTH, List.of("wave")), Scale.MINMAX, true);
    TableSpec dropped = table(machine(60, 20), BOTH, List.of("wave"));
    Logger logger = (Logger) LogManager.getLogger(TableSource.class);
    StringWriter log = new StringWriter();
    Appender appender = WriterAppender.createAppender(null, null, log, "test", false, true);
    appender.start();
    logger.addAppender(appender);
    Level usual = logger.getLevel();
    logger.setLevel(Level.WARN);
    try {
      Encoding encoding = DataReader.fit(spec, 1, 1).encoding();
      assertEquals(1, log.toString().lines().count(), log.toString());
      assertTrue(log.toString().startsWith("constant in the training part"), log.toString());
      DataReader.applyUnsplit(dropped, encoding, 1, 1);
      assertEquals(2, log.toString().lines().count(), log.toString());
      DataReader.inputs(dropped, encoding, 1);
      assertEquals(3, log.toString().lines().count(), log.toString());
    } finally {
      logger.setLevel(usual);
      logger.removeAppender(appender);
    }
  }

  @Test
  void shouldNotListHundredsOfColumns() throws IOException {
    String vector = "[0" + ",0".repeat(99) + "]";
    String path = file(List.of("{\"id\":1,\"x\":[" + vector + "," + vector + "],\"y\":[1,2]}"));
    TableSpec spec = Tables.withScale(Tables.json(path), Scale.STANDARDIZE, false);

    String summary = summary(spec);
    assertTrue(summary.contains("input x[9] (is 0.00000) and 90 more;"), summary);
  }

  @Test
  void shouldTellOfNewDataInWhichTheyChange() throws IOException {
    TableSpec spec =
        Tables.withScale(table(machine(400, -1), BOTH, List.of("wave")), Scale.STANDARDIZE, true);
    Encoding.Table encoding = (Encoding.Table) DataReader.fit(spec, 1, 1).encoding();

    assertEquals("", changed(encoding, machine(400, -1)));
    assertEquals("", changed(encoding, file(rows(60, t -> (1000 + t * 0.1) + "," + t % 3))));
    assertEquals(
        "constant in training, but not here: input clock (changes by 0.100000); what changes in it"
            + " is not read",
        changed(encoding, machine(60, 20)));
    assertTrue(
        changed(encoding, file(rows(60, t -> t * 0.2 + "," + t % 3))).contains("input clock"),
        "another constant");
  }

  @Test
  void shouldAnswerAConstantTargetWithItsConstant() throws IOException {
    TableSpec spec = table(machine(400, -1), List.of("wave"), BOTH);
    EncodedData data = DataReader.fit(Tables.withScale(spec, Scale.STANDARDIZE, true), 1, 1);
    Sequence sequence = data.training().get(0);
    Forecast forecast = data.forecast().orElseThrow();

    assertArrayEquals(new double[sequence.length()], targets(sequence, 0), 0);
    assertEquals(5.3, forecast.actual(sequence, 51, 0));
    assertEquals(5.3, forecast.decode(sequence, 51, 0, -0.7), 1e-14);
    TableSpec levels = table(file(rows(200, t -> (t < 150 ? 1e9 : 2e9) + "," + t % 7)), BOTH, BOTH);
    TableSpec split = Tables.withSplit(levels, new Split(Split.By.TIME, 0, 60));
    EncodedData late = DataReader.fit(Tables.withScale(split, Scale.MINMAX, false), 1, 1);
    Sequence test = late.test().get(0);

    assertArrayEquals(new double[test.length()], column(test, 0), 0);
    assertArrayEquals(new double[test.length()], targets(test, 0), 0);
    assertEquals(1e9, late.forecast().orElseThrow().decode(test, 198, 0, 0.3));
    assertEquals(2e9, late.forecast().orElseThrow().actual(test, 198, 0));
  }

  @Test
  void shouldJudgeATargetByTheRowsOfItsHorizon() throws IOException {
    for (int horizon : new int[] {1, 2, 7}) {
      TableSpec spec =
          Tables.withHorizon(table(machine(100, -1), List.of("wave"), List.of("clock")), horizon);
      Encoding.Table encoding =
          (Encoding.Table)
              DataReader.fit(Tables.withScale(spec, Scale.STANDARDIZE, true), 1, 1).encoding();
      Scaling.Column clock = encoding.targetScaling().orElseThrow().column(0);

      assertTrue(clock.isConstant());
      assertEquals(0.1 * horizon, clock.shift(), 1e-14);
    }
  }

  @Test
  void shouldKnowTheRoundingOf32BitColumns() throws IOException {
    for (String format : List.of("parquet", "orc")) {
      String path = folder.resolve(format).toString();
      session
          .sql(
              "SELECT 'm1' machine, id n, CAST(id * 0.1D AS FLOAT) clock,"
                  + " CAST(10 + sin(id / 9D) AS FLOAT) wave FROM range(400)")
          .write()
          .format(format)
          .save(path);
      TableSpec csv = Tables.withScale(table("", BOTH, BOTH), Scale.STANDARDIZE, true);
      TableSpec spec = Tables.withSource(csv, format, Optional.of(path), Map.of());
      Encoding.Table encoding = (Encoding.Table) DataReader.fit(spec, 1, 1).encoding();

      for (Scaling scaling :
          List.of(encoding.inputScaling(), encoding.targetScaling().orElseThrow())) {
        assertTrue(scaling.column(0).isConstant(), format);
        assertEquals(0.1, scaling.column(0).shift(), 1e-5);
        assertEquals(Math.sqrt(0.5) / 9, scaling.column(1).divisor(), 1e-3);
      }
    }
  }

  @Test
  void shouldLeaveTheLabelsOfClassesAndOfSeveralLabelsAlone() throws IOException {
    String path = file(rows(40, t -> t % 2 + "," + 1));
    TableSpec several =
        Tables.withHorizon(
            Tables.withColumns(
                table(path, List.of("clock"), BOTH), List.of("clock"), BOTH, TargetKind.MULTILABEL),
            0);
    Encoding.Table encoding =
        (Encoding.Table)
            DataReader.fit(Tables.withScale(several, Scale.STANDARDIZE, false), 1, 1).encoding();

    assertEquals(Scaling.unfitted(BOTH, Scale.NONE), encoding.targetScaling().orElseThrow());
  }

  /** Steps of 0.1 and a wave, as a file writes them; one step may be left out. */
  private String machine(int steps, int dropped) throws IOException {
    List<String> lines =
        new ArrayList<>(
            rows(steps, t -> t / 10 + "." + t % 10 + "," + Math.round(1e4 * wave(t)) / 1e4));
    if (dropped >= 0) {
      lines.remove(1 + dropped);
    }
    return file(lines);
  }

  private static double wave(int t) {
    return 10 + 2 * Math.sin(t * 0.3);
  }

  private static List<String> rows(int steps, IntFunction<String> cells) {
    List<String> lines = new ArrayList<>(List.of("machine,n,clock,wave"));
    for (int t = 0; t < steps; t++) {
      lines.add("m1," + (t + 1) + "," + cells.apply(t));
    }
    return lines;
  }

  private static TableSpec table(String path, List<String> inputs, List<String> targets) {
    TableSpec csv = Tables.withKeys(Tables.csv(path), List.of("machine"), List.of("n"));
    return Tables.withColumns(csv, inputs, targets, TargetKind.VALUE);
  }

  private static String summary(TableSpec spec) {
    Encoding.Table encoding = (Encoding.Table) DataReader.fit(spec, 1, 1).encoding();
    return new ConstantColumns(encoding).summary().orElse("");
  }

  private static String changed(Encoding.Table encoding, String path) {
    RawTable table =
        new TableReader(table(path, encoding.inputs(), List.of()), new Reading())
            .read(encoding.columns().withTargets(List.of()));
    return new ConstantColumns(encoding)
        .changed(table.sequences(), TableTimes.of(table.sequences(), encoding.timeSteps()))
        .orElse("");
  }

  private static double[] column(Sequence sequence, int c) {
    return every(sequence.features(), c, sequence.width());
  }

  private static double[] targets(Sequence sequence, int c) {
    return every(sequence.targets(), c, sequence.targetWidth());
  }

  private static double[] every(double[] values, int first, int width) {
    double[] column = new double[values.length / width];
    for (int t = 0; t < column.length; t++) {
      column[t] = values[t * width + first];
    }
    return column;
  }

  private String file(List<String> lines) throws IOException {
    return Files.write(Files.createTempFile(folder, "data", ".txt"), lines).toString();
  }
}
