package io.hindsight.datasets.side;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Tables;
import io.hindsight.datasets.TestSession;
import io.hindsight.datasets.chunks.DataStore;
import io.hindsight.datasets.columns.SideColumns;
import io.hindsight.datasets.columns.TargetWeights;
import io.hindsight.datasets.columns.TargetWeights.Balance;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.snapshot.Reading;
import io.hindsight.datasets.source.DataReader;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.datasets.stored.EncodedStore;
import io.hindsight.datasets.stored.LocalFolder;
import io.hindsight.datasets.table.TableSettings;
import io.hindsight.datasets.windows.SequenceList;
import io.hindsight.kernels.batch.Sequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetWeightsTest {
  private static final String SHUFFLE_PARTITIONS = "spark.sql.shuffle.partitions";
  private static final SideColumns BY_W = SideColumns.NONE.with(TargetWeights.ofColumn("w"));

  private static SparkSession session;
  @TempDir Path folder;

  @BeforeAll
  static void startSession() {
    session = TestSession.start();
  }

  @AfterEach
  void resetSession() {
    session.conf().unset(TableSettings.SMALL);
    session.conf().set(SHUFFLE_PARTITIONS, "1");
  }

  @Test
  void shouldTakeTheWeightFromTheRowOfTheTarget() throws IOException {
    TableSpec table = csv("id,t,x,w", "a,1,1,9", "a,2,2,0.5", "a,3,3,0", "a,4,5,2");
    Sequence one = fit(table.with(BY_W)).training().get(0);
    assertArrayEquals(new double[] {0.5, 0, 2}, one.weights());
    assertFalse(one.isScored(1), "a weight of 0 leaves the target out");
    assertTrue(one.isScored(2));
    assertNull(fit(table).training().get(0).weights());
  }

  @Test
  void shouldReadAnArrayOfWeightsOrOneOfARowThatIsASequence() throws IOException {
    String a = "{\"id\": \"a\", \"x\": [1, 2], \"y\": [3, 4], \"w\": [0.25, 4], \"v\": 3}";
    String b = "{\"id\": \"b\", \"x\": [5], \"y\": [6], \"w\": [1], \"v\": 0.5}";
    Path file = Files.write(folder.resolve("nested.json"), List.of(a, b));
    TableSpec table = Tables.json(file.toString());
    SequenceList each = fit(table.with(BY_W)).training();
    assertArrayEquals(new double[] {0.25, 4}, each.get(0).weights());
    SequenceList whole =
        fit(table.with(SideColumns.NONE.with(TargetWeights.ofColumn("v")))).training();
    assertArrayEquals(new double[] {3, 3}, whole.get(0).weights());
    assertArrayEquals(new double[] {0.5}, whole.get(1).weights());

    Files.writeString(file, a.replace("[0.25, 4]", "[0.25]") + "\n");
    refused(table.with(BY_W), "the same length, 2", "length of 1", "column w");
  }

  @Test
  void shouldRefuseWeightsThatAreNone() throws IOException {
    refused(
        csv("id,t,x,w", "a,1,1,1", "a,2,2,-0.5").with(BY_W),
        "a weight must be a number of 0 or more, but found -0.5",
        "data row 2, column w");
    refused(
        csv("id,t,x,w", "a,1,1,1", "a,2,2,").with(BY_W), "must not be missing", "row 2, column w");
    refused(csv("id,t,x,w", "a,1,1,1", "a,2,2,NaN").with(BY_W), "NaN", "row 2, column w");
    refused(csv("id,t,x", "a,1,1", "a,2,2").with(BY_W), "must have the column 'w'");
  }

  @Test
  void shouldReadNoWeightsToPredict() throws IOException {
    EncodedData data = fit(csv("id,t,x,w", "a,1,1,1", "a,2,2,2", "a,3,4,1").with(BY_W));
    TableSpec without = csv("id,t,x", "b,1,1", "b,2,2").with(BY_W);
    assertEquals(1, DataReader.inputs(without, data.encoding(), 1).sequences().size());
  }

  @Test
  void shouldBalanceClassesByTheTargetsOfTheTrainingPart() throws IOException {
    TableSpec table = classes();
    EncodedData data = fit(table.with(balanced(Balance.STEPS)));
    // Training has 8 targets: 5 of a, 2 of b, 1 of c; a weight is 8 / (3 · n).
    Map<String, Double> expected = Map.of("a", 8 / 15.0, "b", 8 / 6.0, "c", 8 / 3.0);
    assertEquals(expected, weights(data));
    Sequence training = data.training().get(0);
    for (int t = 0; t < training.length(); t++) {
      String label = ((Encoding.Table) data.encoding()).labels().get().name(training.classes()[t]);
      assertEquals(expected.get(label), training.weights()[t]);
    }
    assertArrayEquals(
        new double[] {8 / 6.0, 8 / 15.0},
        Arrays.copyOfRange(data.test().get(0).weights(), 8, 10),
        "later parts have the weights of training");
  }

  @Test
  void shouldMultiplyTheWeightsOfRowsAndOfNamedClasses() throws IOException {
    TableSpec table =
        Tables.withColumns(
            csv("id,t,x,y,w", "a,1,1,1,2", "a,2,2,2.0,3", "a,3,3,1.0,5"),
            List.of("x"),
            List.of("y"),
            TargetKind.CLASS);
    TargetWeights weights = new TargetWeights("w", Balance.NONE, Map.of("2", 10.0));
    EncodedData data = fit(Tables.withHorizon(table, 0).with(SideColumns.NONE.with(weights)));
    assertArrayEquals(new double[] {2, 30, 5}, data.training().get(0).weights());
    TargetWeights other = new TargetWeights("", Balance.NONE, Map.of("3", 10.0));
    refused(
        Tables.withHorizon(table, 0).with(SideColumns.NONE.with(other)),
        "training.class-weights must name classes of the training part, but found '3'",
        "name one of [1, 2.0]");
  }

  @Test
  void shouldCountLastStepsAloneWhereTheyAloneAreAnswered() throws IOException {
    String a = "{\"id\": \"a\", \"x\": [1, 2, 3], \"y\": \"p\"}";
    String b = "{\"id\": \"b\", \"x\": [5], \"y\": \"q\"}";
    String c = "{\"id\": \"c\", \"x\": [5, 6], \"y\": \"q\"}";
    Path file = Files.write(folder.resolve("labelled.json"), List.of(a, b, c));
    TableSpec table =
        Tables.withColumns(
            Tables.json(file.toString()), List.of("x"), List.of("y"), TargetKind.CLASS);
    assertEquals(Map.of("p", 1.0, "q", 1.0), weights(fit(table.with(balanced(Balance.STEPS)))));
    assertEquals(
        Map.of("p", 3 / 2.0, "q", 3 / 4.0), weights(fit(table.with(balanced(Balance.LAST_STEPS)))));
  }

  @Test
  void shouldKeepWeightsInTheEncoding() throws IOException {
    EncodedData data = fit(classes().with(balanced(Balance.STEPS)));
    String json = data.encoding().toJson().toString();
    assertTrue(json.startsWith("{\"kind\":\"table\",\"version\":4,"), json);
    assertEquals(data.encoding(), Encoding.fromJson(new ObjectMapper().readTree(json)));
    EncodedData kept = DataReader.keep(classes(), data.encoding(), 3, 1, new Reading(), heap());
    assertNull(kept.training().get(0).weights(), "weights of classes are those of each training");
  }

  @Test
  void shouldWeighTheSameWhereverSequencesAre() throws IOException {
    TargetWeights weights = new TargetWeights("w", Balance.STEPS, Map.of());
    TableSpec table = large().with(SideColumns.NONE.with(weights));
    String expected = told(fit(table));
    assertNotEquals(fit(table.with(BY_W)).fingerprint(), fit(table).fingerprint());
    session.conf().set(TableSettings.SMALL, "0");
    for (String some : List.of("1", "2", "7")) {
      session.conf().set(SHUFFLE_PARTITIONS, some);
      assertEquals(expected, told(fit(table)), some + " partitions");
    }
    EncodedStore none = new EncodedStore(new LocalFolder(folder, false), 0);
    EncodedData stored = DataReader.fit(table, 3, 1, new Reading(), DataStore.of(none));
    assertFalse(stored.training().isHeld());
    assertEquals(expected, told(stored));
    Sequence whole = stored.test().get(2);
    Sequence window = stored.test().window(2, 4, 3, true).toSequence();
    assertArrayEquals(Arrays.copyOfRange(whole.weights(), 4, 7), window.weights());
  }

  private static DataStore heap() {
    return DataStore.onHeap();
  }

  private static SideColumns balanced(Balance balance) {
    return SideColumns.NONE.with(new TargetWeights("", balance, Map.of()));
  }

  private TableSpec classes() throws IOException {
    String labels = "aabacaabba"; // the last two are the test part
    List<String> lines = new ArrayList<>(List.of("id,t,x,y"));
    for (int t = 0; t < labels.length(); t++) {
      lines.add("s,%d,%d,%s".formatted(t, t, labels.charAt(t)));
    }
    TableSpec table =
        Tables.withColumns(
            csv(lines.toArray(String[]::new)), List.of("x"), List.of("y"), TargetKind.CLASS);
    return Tables.withSplit(Tables.withHorizon(table, 0), new Split(Split.By.TIME, 0, 2));
  }

  private TableSpec large() throws IOException {
    Random random = new Random(4);
    List<String> rows = new ArrayList<>();
    for (int s = 0; s < 17; s++) {
      for (int t = 0; t < 12 + s; t++) {
        int weight = random.nextInt(4);
        rows.add(
            "s%d,%d,%f,%s,%d"
                .formatted(s, t, random.nextGaussian(), weight == 3 ? "b" : "a", weight));
      }
    }
    Collections.shuffle(rows, random);
    rows.add(0, "id,t,x,y,w");
    TableSpec table =
        Tables.withColumns(
            csv(rows.toArray(String[]::new)), List.of("x"), List.of("y"), TargetKind.CLASS);
    return Tables.withSplit(Tables.withHorizon(table, 0), new Split(Split.By.TIME, 3, 0.2));
  }

  private static Map<String, Double> weights(EncodedData data) {
    return ((Encoding.Table) data.encoding()).side().weights().classes();
  }

  private static String told(EncodedData data) {
    return data.fingerprint()
        + data.encoding().toJson()
        + Stream.of(data.training(), data.validation(), data.test())
            .flatMap(List::stream)
            .map(one -> one.id() + Arrays.toString(one.weights()) + Arrays.toString(one.classes()))
            .toList();
  }

  private static void refused(TableSpec table, String... parts) {
    String message = assertThrows(DataException.class, () -> fit(table)).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }

  private static EncodedData fit(TableSpec table) {
    return DataReader.fit(table, 3, 1);
  }

  private TableSpec csv(String... lines) throws IOException {
    Path file = Files.createTempFile(folder, "table", ".csv");
    return Tables.csv(Files.write(file, List.of(lines)).toString());
  }
}
