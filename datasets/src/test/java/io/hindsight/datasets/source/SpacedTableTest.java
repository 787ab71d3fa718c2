package io.hindsight.datasets.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.LeftOut;
import io.hindsight.datasets.Tables;
import io.hindsight.datasets.TestSession;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoded.EncodedInput.Encoded;
import io.hindsight.datasets.encoded.EncodedInputs;
import io.hindsight.datasets.encoded.Forecast;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.encoding.Scaling;
import io.hindsight.datasets.spec.Scale;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.datasets.windows.WindowBlocks;
import io.hindsight.datasets.windows.Windows;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables with rows missing: targets are looked up by time. */
class SpacedTableTest {
  private static final double NONE = Sequence.NO_VALUE;

  @TempDir Path folder;

  @BeforeAll
  static void startSession() {
    TestSession.start();
  }

  @Test
  void shouldTakeTargetsFromTheirTimeAtEveryHorizon() throws IOException {
    TableSpec spec = Tables.csv(table("a", 0, 1, 2, 3, 4, 6, 7, 10, 11, 12, 13, 14));

    assertTargets(spec, 0, 0, 1, 2, 3, 4, 6, 7, 10, 11, 12, 13, 14);
    assertTargets(spec, 1, 1, 2, 3, 4, NONE, 7, NONE, 11, 12, 13, 14);
    assertTargets(spec, 3, 3, 4, NONE, 6, 7, NONE, 10, 13, 14);
    assertTargets(spec, 7, 7, NONE, NONE, 10, 11, 13, 14);
  }

  private void assertTargets(TableSpec spec, int horizon, double... hours) {
    Sequence sequence = fit(Tables.withHorizon(spec, horizon)).training().get(0);

    assertArrayEquals(hours, sequence.targets(), "horizon " + horizon);
    for (int t = 0; t < hours.length; t++) {
      assertEquals(!Double.isNaN(hours[t]), sequence.isScored(t));
    }
  }

  @Test
  void shouldTakeChangesToTheTimeOfTheTarget() throws IOException {
    int[] squares = {0, 1, 4, 9, 16, 25, 36, 49, 64, 81};
    List<String> lines = new ArrayList<>(List.of("id,t,x"));
    for (int hour : new int[] {0, 1, 2, 3, 4, 6, 7, 9}) {
      lines.add("a,%s,%d".formatted(time(hour), squares[hour]));
    }
    TableSpec spec = Tables.withScale(Tables.csv(file(lines)), Scale.NONE, true);
    EncodedData data = fit(Tables.withHorizon(spec, 2));
    Sequence sequence = data.training().get(0);
    Forecast forecast = data.forecast().orElseThrow();

    assertArrayEquals(new double[] {1, 3, 5, 7, 20, 13}, sequence.features());
    assertArrayEquals(new double[] {8, 12, NONE, 20, NONE, 32}, sequence.targets());
    assertEquals(81, forecast.actual(sequence, 5, 0));
    assertEquals(81, forecast.decode(sequence, 5, 0, sequence.targets()[5]));
  }

  @Test
  void shouldMaskClassesAndLabels() throws IOException {
    List<String> lines = List.of("id,t,x,y", "a,1,0,1", "a,2,0,0", "a,3,0,1", "a,5,0,0", "a,6,1,1");
    TableSpec table = Tables.csv(file(lines));
    EncodedData classes =
        fit(Tables.withColumns(table, List.of("x"), List.of("y"), TargetKind.CLASS));
    EncodedData labels =
        fit(Tables.withColumns(table, List.of("x"), List.of("y"), TargetKind.MULTILABEL));

    assertArrayEquals(new int[] {0, 1, Sequence.NO_CLASS, 1}, classes.training().get(0).classes());
    assertArrayEquals(new double[] {0, 1, NONE, 1}, labels.training().get(0).targets());
  }

  @Test
  void shouldFitTheScalingToTheTargetsThereAre() throws IOException {
    TableSpec spec = Tables.csv(table("a", 0, 1, 2, 3, 5, 6, 7));
    EncodedData data = fit(Tables.withScale(spec, Scale.STANDARDIZE, false));
    Scaling targets = ((Encoding.Table) data.encoding()).targetScaling().orElseThrow();

    assertEquals((1 + 2 + 3 + 6 + 7) / 5.0, targets.column(0).shift(), 1e-15);
    assertTrue(Double.isFinite(targets.column(0).divisor()));
  }

  @Test
  void shouldSplitByTimeAndById() throws IOException {
    String path = table("a", 0, 1, 2, 3, 4, 6, 7, 8, 10, 11);
    EncodedData byTime = fit(Tables.withSplit(Tables.csv(path), new Split(Split.By.TIME, 2, 3)));

    Sequence test = byTime.test().get(0);
    assertEquals(6, test.firstTarget());
    assertArrayEquals(new double[] {8, NONE, 11}, tail(test.targets(), 6));
    assertArrayEquals(new double[] {NONE, 7}, tail(byTime.validation().get(0).targets(), 4));
    assertArrayEquals(new double[] {1, 2, 3, 4}, byTime.training().get(0).targets());

    List<String> lines = new ArrayList<>(List.of("id,t,x"));
    for (String id : List.of("a", "b", "c", "d")) {
      for (int hour : new int[] {0, 1, 2, 4, 5}) {
        lines.add("%s,%s,%d".formatted(id, time(hour), hour));
      }
    }
    EncodedData byId = fit(Tables.withSplit(Tables.csv(file(lines)), new Split(Split.By.ID, 1, 1)));
    for (List<Sequence> part : List.of(byId.training(), byId.validation(), byId.test())) {
      assertFalse(part.isEmpty());
      assertArrayEquals(new double[] {1, 2, NONE, 5}, part.get(0).targets());
    }
  }

  @Test
  void shouldEncodeEvenRowsTheSameHoweverTheirTimesAreWritten() throws IOException {
    List<String> numbers = new ArrayList<>(List.of("id,t,x"));
    List<String> times = new ArrayList<>(List.of("id,t,x"));
    List<String> orders = new ArrayList<>(List.of("id,t,x"));
    for (int i = 0; i < 30; i++) {
      numbers.add("a,%d,%d".formatted(i, i * i));
      times.add("a,%s,%d".formatted(time(i), i * i));
      orders.add("a,%02d:00,%d".formatted(i, i * i)); // no more than an order
    }
    for (int horizon : new int[] {0, 1, 3}) {
      List<String> fingerprints = new ArrayList<>();
      for (List<String> lines : List.of(numbers, times, orders)) {
        TableSpec spec = Tables.withHorizon(Tables.csv(file(lines)), horizon);
        fingerprints.add(fit(spec).fingerprint());
      }
      assertEquals(fingerprints.get(0), fingerprints.get(1));
      assertEquals(fingerprints.get(0), fingerprints.get(2));
    }
  }

  @Test
  void shouldKeepTheStepWithTheModelAndMeasureNewDataByIt() throws IOException {
    EncodedData fitted = fit(Tables.csv(table("a", 0, 1, 2, 3, 4, 5, 7, 8)));
    Encoding stored = Encoding.fromJson(fitted.encoding().toJson());
    TableSpec other = Tables.csv(table("a", 0, 2, 4, 6, 7, 9, 11));
    EncodedData applied = DataReader.applyUnsplit(other, stored, 1, 1);

    assertEquals(fitted.encoding(), stored);
    assertArrayEquals(
        new double[] {NONE, NONE, NONE, 7}, applied.test().get(0).targets(), "one hour later");
    assertEquals(Optional.of("1 h"), applied.spacing().orElseThrow().step());
    assertEquals(5, applied.spacing().orElseThrow().gaps());
  }

  @Test
  void shouldRefuseAPartWithoutARowAtTheTimeOfATarget() throws IOException {
    Encoding stored = fit(Tables.csv(table("a", 0, 1, 2, 3, 4))).encoding();
    TableSpec other = Tables.csv(table("a", 0, 2, 4, 6));
    DataException e =
        assertThrows(DataException.class, () -> DataReader.applyUnsplit(other, stored, 1, 1));

    assertTrue(
        e.getMessage().contains("at least one sequence must have a row at the time of a target"));
    assertTrue(e.getMessage().contains("1 h after another"), e.getMessage());
  }

  @Test
  void shouldLeaveOutASequenceWithoutTargetsBesideOthers() throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(Path.of(table("a", 0, 1, 2, 3, 4, 5))));
    lines.addAll(List.of("b," + time(0) + ",0", "b," + time(3) + ",3", "b," + time(7) + ",7"));
    EncodedData data = fit(Tables.csv(file(lines)));

    assertEquals(List.of("a"), data.training().stream().map(Sequence::id).toList());
    assertEquals(List.of("b"), data.omissions().firstIds());
    assertEquals(1, data.omissions().count(LeftOut.Reason.NO_TARGETS));
  }

  @Test
  void shouldScoreEveryTargetOfWindowsOnce() throws IOException {
    EncodedData data =
        fit(Tables.csv(table("a", IntStream.range(0, 60).filter(i -> i % 7 != 3).toArray())));
    Sequence whole = data.training().get(0);
    int[] scored = new int[whole.length()];
    for (Window window : Windows.scoring(WindowBlocks.whole(data.training()), 8, 3)) {
      for (int t = 0; t < window.steps(); t++) {
        scored[window.start() + t] += window.isScored(t) ? 1 : 0;
      }
    }
    for (int t = 0; t < scored.length; t++) {
      assertEquals(whole.isScored(t) ? 1 : 0, scored[t]);
    }
    assertEquals(8, IntStream.range(0, whole.length()).filter(t -> !whole.isScored(t)).count());
  }

  @Test
  void shouldReadTimesInArrays() throws IOException {
    String path =
        file(
            List.of(
                "{\"id\":\"p\",\"t\":[1,2,3,5,6],\"x\":[1,2,3,5,6],\"y\":[1,2,3,5,6]}",
                "{\"id\":\"q\",\"t\":[1,2,3],\"x\":[1,2,3],\"y\":[1,2,3]}"));
    TableSpec spec = Tables.withKeys(Tables.json(path), List.of("id"), List.of("t"));
    EncodedData data = fit(Tables.withHorizon(spec, 1));

    assertArrayEquals(new double[] {2, 3, NONE, 6}, data.training().get(0).targets());
    assertEquals(1, data.spacing().orElseThrow().gaps());
  }

  @Test
  void shouldTellTheTimesThatPredictionsAreFor() throws IOException {
    TableSpec spec = Tables.withHorizon(Tables.csv(table("a", 0, 1, 2, 3, 5)), 2);
    for (boolean difference : new boolean[] {false, true}) {
      EncodedData fitted = fit(Tables.withScale(spec, Scale.NONE, difference));
      EncodedInputs inputs = DataReader.inputs(spec, fitted.encoding(), 1);
      Encoded input = inputs.answered().get(0);
      Sequence sequence = input.sequence();

      assertEquals(difference ? 4 : 5, sequence.length());
      assertEquals(time(5), input.times().get(sequence.length() - 1));
      assertEquals(time(7), input.targetTimes().get(sequence.length() - 1));
      assertEquals(time(5), input.targetTimes().get(sequence.length() - 2));
    }
    EncodedData same = fit(Tables.withHorizon(spec, 0));
    EncodedInputs inputs = DataReader.inputs(spec, same.encoding(), 1);
    assertEquals(List.of(), inputs.answered().get(0).targetTimes());
  }

  @Test
  void shouldStillRefuseATimeThatIsThereTwice() throws IOException {
    TableSpec spec = Tables.csv(table("a", 0, 1, 1, 2));

    DataException e = assertThrows(DataException.class, () -> fit(spec));
    assertTrue(e.getMessage().contains("one row per time"), e.getMessage());
  }

  @Test
  void shouldChangeTheFingerprintWithTheTargets() throws IOException {
    String even = fit(Tables.csv(table("a", 0, 1, 2, 3, 4, 5, 6))).fingerprint();
    List<String> lines = Files.readAllLines(Path.of(table("a", 0, 1, 2, 3, 4, 5, 6)));
    lines.replaceAll(line -> line.replace(time(6), time(7)));

    assertNotEquals(even, fit(Tables.csv(file(lines))).fingerprint());
  }

  private static double[] tail(double[] values, int from) {
    return IntStream.range(from, values.length).mapToDouble(i -> values[i]).toArray();
  }

  /** One sequence whose value at an hour is the hour. */
  private String table(String id, int... hours) throws IOException {
    List<String> lines = new ArrayList<>(List.of("id,t,x"));
    for (int hour : hours) {
      lines.add("%s,%s,%d".formatted(id, time(hour), hour));
    }
    return file(lines);
  }

  private static String time(int hour) {
    LocalDateTime first = LocalDateTime.parse("2022-01-01T00:00:00");
    return first.plusHours(hour).toString().replace('T', ' ') + ":00";
  }

  private EncodedData fit(TableSpec spec) {
    return DataReader.fit(spec, 1, 1);
  }

  private String file(List<String> lines) throws IOException {
    Path file = Files.createTempFile(folder, "spaced", ".txt");
    Files.write(file, lines);
    return file.toString();
  }
}
