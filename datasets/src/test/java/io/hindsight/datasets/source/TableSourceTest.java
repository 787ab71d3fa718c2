package io.hindsight.datasets.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.Tables;
import io.hindsight.datasets.TestSession;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoded.EncodedInputs;
import io.hindsight.datasets.encoded.Forecast;
import io.hindsight.datasets.encoded.TargetDecoding;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.spec.Scale;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.kernels.batch.Sequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableSourceTest {
  private static SparkSession session;

  @TempDir Path folder;

  @BeforeAll
  static void startSession() {
    session = TestSession.start();
  }

  @Test
  void shouldGroupByIdAndSortByTimeAndShiftTheTarget() throws IOException {
    EncodedData data =
        fit(Tables.csv(file("id,t,x", "b,1,5", "a,10,3", "a,9,2", "b,2,7", "a,8,1")));

    assertEquals(List.of("a", "b"), data.training().stream().map(Sequence::id).toList());
    assertArrayEquals(new double[] {1, 2}, data.training().get(0).features());
    assertArrayEquals(new double[] {2, 3}, data.training().get(0).targets());
    assertArrayEquals(new double[] {5}, data.training().get(1).features());
    assertArrayEquals(new double[] {7}, data.training().get(1).targets());
    assertEquals(1, data.input().size());
    assertEquals(1, data.outputs());
  }

  @Test
  void shouldSortIsoDatesAndTimestampsAndKeepTheirText() throws IOException {
    TableSpec text = Tables.csv(file("id,t,x", "a,1960-02,2", "a,1959-12,1", "a,1960-11,3"));
    TableSpec typed =
        Tables.withSource(
            text, "csv", text.location().path(), Map.of("header", "true", "inferSchema", "true"));
    for (TableSpec spec : List.of(text, typed)) {
      EncodedData data = fit(spec);
      EncodedInputs inputs = DataReader.inputs(spec, data.encoding(), 1);

      assertArrayEquals(new double[] {1, 2}, data.training().get(0).features());
      assertArrayEquals(new double[] {1, 2, 3}, inputs.sequences().get(0).features());
      assertTrue(inputs.answered().get(0).times().get(1).startsWith("1960-02"));
    }
  }

  @Test
  void shouldReadTimestampsAlikeInEveryTimeZone() throws IOException {
    TimeZone usual = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
    try {
      // In Berlin clocks showed 02:45 and then 02:30, as summer time ended in between.
      for (String type : List.of("TIMESTAMP", "TIMESTAMP_NTZ")) {
        String zone = type.equals("TIMESTAMP") ? "Z" : "";
        String first = type + " '2020-10-25 00:45:00" + zone + "'";
        String second = type + " '2020-10-25 01:30:00.5" + zone + "'";
        session
            .sql("SELECT 'a' id, array(%s, %s) t, array(1, 2) x".formatted(first, second))
            .createOrReplaceTempView("nested_times");
        session
            .sql("SELECT 'a' id, %s t, 2 x UNION ALL SELECT 'a', %s, 1".formatted(second, first))
            .createOrReplaceTempView("times");
        for (String view : List.of("nested_times", "times")) {
          TableSpec spec = Tables.withSource(Tables.csv(""), "table", Optional.of(view), Map.of());
          EncodedInputs inputs = DataReader.inputs(spec, fit(spec).encoding(), 1);
          Sequence sequence = inputs.sequences().get(0);

          assertArrayEquals(new double[] {1, 2}, sequence.features());
          assertEquals("2020-10-25T00:45:00" + zone, inputs.answered().get(0).times().get(0));
          assertEquals("2020-10-25T01:30:00.500" + zone, inputs.answered().get(0).times().get(1));
        }
      }
    } finally {
      TimeZone.setDefault(usual);
    }
  }

  @Test
  void shouldSortTextsOfOneShape() throws IOException {
    for (String day : List.of("2020-01-%s", "2020-01-%sT00:00:00.5Z", "2020-01-%s 00:00+02:00")) {
      String[] lines = {"id,t,x", "a," + day + ",2", "a," + day + ",1", "a," + day + ",3"};
      lines[1] = lines[1].replace("%s", "10");
      lines[2] = lines[2].replace("%s", "09");
      lines[3] = lines[3].replace("%s", "11");

      EncodedData data = fit(Tables.csv(file(lines)));
      assertArrayEquals(new double[] {1, 2}, data.training().get(0).features(), day);
    }
  }

  @Test
  void shouldTakeDifferencesOfInputsAndTargetsAndDecodeThem() throws IOException {
    TableSpec spec = Tables.csv(file("id,t,x", "a,1,1", "a,2,4", "a,3,9", "a,4,16", "a,5,25"));
    EncodedData data = fit(Tables.withScale(Tables.withHorizon(spec, 2), Scale.NONE, true));
    Sequence sequence = data.training().get(0);
    Forecast forecast = data.forecast().orElseThrow();

    assertArrayEquals(new double[] {3, 5}, sequence.features());
    assertArrayEquals(new double[] {16 - 4, 25 - 9}, sequence.targets());
    assertEquals(25, forecast.actual(sequence, 1, 0));
    assertEquals(25, forecast.decode(sequence, 1, 0, sequence.targets()[1]));
  }

  @Test
  void shouldDecodeEveryScale() {
    for (Scale scale : Tables.SCALES) {
      for (boolean difference : new boolean[] {false, true}) {
        EncodedData data = fit(Tables.co2(scale, difference, 0.1));
        Forecast forecast = data.forecast().orElseThrow();
        for (Sequence sequence : data.test()) {
          for (int t = sequence.firstTarget(); t < sequence.length(); t++) {
            double decoded = forecast.decode(sequence, t, 0, sequence.targets()[t]);
            assertEquals(forecast.actual(sequence, t, 0), decoded, 1e-10, scale + " " + difference);
          }
        }
      }
    }
  }

  @Test
  void shouldFitTheScalingToTheTrainingPartOnly() throws IOException {
    TableSpec spec = Tables.csv(file("id,t,x", "a,1,1", "a,2,3", "a,3,5", "a,4,900"));
    spec = Tables.withScale(spec, Scale.STANDARDIZE, false);
    EncodedData data = fit(Tables.withSplit(spec, new Split(Split.By.TIME, 0, 1)));
    Encoding.Table encoding = (Encoding.Table) data.encoding();

    assertEquals(2, encoding.inputScaling().column(0).shift());
    assertEquals(1, encoding.inputScaling().column(0).divisor());
    assertEquals(4, encoding.targetScaling().orElseThrow().column(0).shift());
    assertArrayEquals(new double[] {-1, 1, 3}, data.test().get(0).features());
    assertEquals(2, data.test().get(0).firstTarget());
  }

  @Test
  void shouldReadNestedArraysAndOneLabelPerSequence() throws IOException {
    String path =
        file(
            "{\"id\":\"p\",\"x\":[[1,2],[3,4],[5,6]],\"y\":\"cat\"}",
            "{\"id\":\"o\",\"x\":[[7,8]],\"y\":\"dog\"}");
    EncodedData data =
        fit(Tables.withColumns(Tables.json(path), List.of("x"), List.of("y"), TargetKind.CLASS));

    assertEquals(2, data.input().size());
    assertEquals(2, data.outputs());
    assertArrayEquals(new double[] {7, 8}, data.training().get(0).features());
    assertArrayEquals(new int[] {1}, data.training().get(0).classes());
    assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6}, data.training().get(1).features());
    assertArrayEquals(new int[] {0, 0, 0}, data.training().get(1).classes());
  }

  @Test
  void shouldNameTheNumbersOfAVectorAlikeInEveryLocale() throws IOException {
    Locale usual = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      EncodedData data = fit(Tables.json(file("{\"id\":\"p\",\"x\":[[1,2]],\"y\":[3]}")));
      Encoding.Table encoding = (Encoding.Table) data.encoding();

      assertEquals("x[0]", encoding.inputScaling().column(0).name());
    } finally {
      Locale.setDefault(usual);
    }
  }

  @Test
  void shouldReadNestedTargetsPerStepAndNumberRowsWithoutAnId() throws IOException {
    String path = file("{\"x\":[1,2],\"y\":[0.5,1]}", "{\"x\":[3],\"y\":[0]}");
    TableSpec spec = Tables.withKeys(Tables.json(path), List.of(), List.of());
    EncodedData data =
        fit(Tables.withColumns(spec, List.of("x"), List.of("y"), TargetKind.MULTILABEL));

    assertEquals("row-0000000001", data.training().get(0).id());
    assertArrayEquals(new double[] {0.5, 1}, data.training().get(0).targets());
    assertTrue(data.forecast().isEmpty());
  }

  @Test
  void shouldReadVectorColumnsInLongLayoutFromATable() throws IOException {
    String path =
        file("{\"id\":1,\"t\":2,\"x\":[3,4],\"y\":1}", "{\"id\":1,\"t\":1,\"x\":[1,2],\"y\":0}");
    session.read().json(path).createOrReplaceTempView("vectors");
    TableSpec spec = Tables.withKeys(Tables.json(path), List.of("id"), List.of("t"));
    EncodedData data = fit(Tables.withSource(spec, "table", Optional.of("vectors"), Map.of()));

    assertArrayEquals(new double[] {1, 2, 3, 4}, data.training().get(0).features());
    assertArrayEquals(new double[] {0, 1}, data.training().get(0).targets());
  }

  @Test
  void shouldReadTheSameFromParquetAndOrcAsFromCsv() throws IOException {
    TableSpec csv = Tables.csv(file("id,t,x", "a,1,1.5", "a,2,2.5", "b,1,7", "b,2,8"));
    String fingerprint = fit(csv).fingerprint();
    for (String format : List.of("parquet", "orc")) {
      String path = folder.resolve(format).toString();
      session
          .read()
          .option("header", true)
          .option("inferSchema", true)
          .csv(csv.location().path().orElseThrow())
          .write()
          .format(format)
          .save(path);
      TableSpec spec = Tables.withSource(csv, format, Optional.of(path), Map.of());
      assertEquals(fingerprint, fit(spec).fingerprint(), format);
    }
  }

  @Test
  void shouldSplitTheLast48MonthsOff() {
    EncodedData data = fit(Tables.co2(Scale.STANDARDIZE, true, 24));
    Forecast forecast = data.forecast().orElseThrow();
    Sequence test = data.test().get(0);

    assertEquals(466, test.length());
    assertEquals(466 - 48, test.firstTarget());
    assertEquals(364.34, forecast.actual(test, 465, 0));
    assertEquals(466 - 48, data.validation().get(0).length());
    assertEquals(466 - 72, data.validation().get(0).firstTarget());
    assertEquals(466 - 72, data.training().get(0).length());
  }

  @Test
  void shouldEncodeCo2ToTheSameBitsOnEveryMachine() {
    assertEquals(
        "fd11ede7b6da1604",
        fit(Tables.co2(Scale.STANDARDIZE, true, 48)).fingerprint().substring(0, 16));
    assertEquals(
        "b96f4f918dd9e8da", fit(Tables.co2(Scale.LOG, true, 48)).fingerprint().substring(0, 16));
  }

  @Test
  void shouldEncodeNewDataAsTheTrainingData() throws IOException {
    EncodedData fitted = fit(Tables.co2(Scale.STANDARDIZE, true, 0));
    TableSpec spec = Tables.co2(Scale.NONE, false, 0);
    EncodedData applied = DataReader.apply(spec, fitted.encoding(), 1, 1);
    EncodedData unsplit = DataReader.applyUnsplit(spec, fitted.encoding(), 1, 1);

    assertEquals(fitted.fingerprint(), applied.fingerprint());
    assertTrue(unsplit.training().isEmpty());
    assertEquals(0, unsplit.test().get(0).firstTarget());
    assertEquals(466, unsplit.test().get(0).length());
  }

  @Test
  void shouldHandOutInputsToTheLastStepAndDecodePredictionsFromThem() {
    EncodedData fitted = fit(Tables.co2(Scale.STANDARDIZE, true, 0));
    TableSpec spec = Tables.co2(Scale.STANDARDIZE, true, 0);
    EncodedInputs inputs = DataReader.inputs(spec, fitted.encoding(), 1);
    Sequence sequence = inputs.sequences().get(0);
    double mean =
        ((Encoding.Table) fitted.encoding()).targetScaling().orElseThrow().column(0).shift();

    assertEquals(467, sequence.length());
    assertEquals("1997-12", inputs.answered().get(0).times().get(466));
    assertEquals(
        364.34 + mean,
        new TargetDecoding((Encoding.Table) fitted.encoding())
            .decode(inputs.answered().get(0).series(), 466, 0, 0),
        1e-12);
  }

  private EncodedData fit(TableSpec spec) {
    return DataReader.fit(spec, 1, 1);
  }

  private String file(String... lines) throws IOException {
    Path file = Files.createTempFile(folder, "data", ".txt");
    Files.write(file, List.of(lines));
    return file.toString();
  }
}
