package io.hindsight.datasets.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.datasets.Tables;
import io.hindsight.datasets.TestSession;
import io.hindsight.datasets.TimeWindow;
import io.hindsight.datasets.columns.SideColumns;
import io.hindsight.datasets.profile.Profiles.Row;
import io.hindsight.datasets.snapshot.Reading;
import io.hindsight.datasets.spec.ColumnNames;
import io.hindsight.datasets.spec.Scale;
import io.hindsight.datasets.spec.ScalingSpec;
import io.hindsight.datasets.spec.TableLocation;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.datasets.spec.TargetSpec;
import io.hindsight.datasets.table.TableReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The profile of a table beside sums of its rows by hand. */
class DataProfileTest {
  private static final TimeWindow ALWAYS =
      new TimeWindow(Instant.parse("2000-01-01T00:00:00Z"), Instant.parse("2100-01-01T00:00:00Z"));

  @TempDir private Path folder;

  private static TableSpec spec(String path, String target, TargetKind kind) {
    return new TableSpec(
        new TableLocation("csv", Optional.of(path), Map.of("header", "true")),
        new ColumnNames(List.of("id"), List.of("t"), List.of("x", "y"), List.of(target)),
        new TargetSpec(kind, 0),
        new ScalingSpec(Scale.NONE, false),
        Tables.ALL);
  }

  private Profiled profile(String path, String target, TargetKind kind, DataProfile reference) {
    return new TableReader(
            spec(folder.resolve(path).toString(), target, kind).within(ALWAYS), new Reading())
        .profile(Optional.ofNullable(reference), 2);
  }

  @Test
  void shouldCountWhatATableHoldsWhateverItsFiles() throws IOException {
    TestSession.start();
    List<String> lines =
        List.of(
            "a,2024-01-01,1,2,u",
            "a,2024-01-02,3,,u",
            "b,2024-01-01,5,NaN,v",
            "b,2024-01-03,5,text,v",
            "b,2024-01-02,-1,8,v");
    Files.write(folder.resolve("one.csv"), with("id,t,x,y,label", lines));
    Files.createDirectories(folder.resolve("parts"));
    for (int i = 0; i < lines.size(); i++) {
      Files.write(
          folder.resolve("parts/" + i + ".csv"), with("id,t,x,y,label", lines.subList(i, i + 1)));
    }
    Profiled one = profile("one.csv", "label", TargetKind.CLASS, null);

    assertEquals(one, profile("parts", "label", TargetKind.CLASS, null));
    DataProfile known = one.profile();
    assertEquals(5, known.rows());
    assertEquals(2, known.sequences());
    assertEquals("2024-01-01T00:00:00Z", known.earliest());
    assertEquals(
        List.of(known.last().orElseThrow(), Instant.parse("2024-01-02T00:00:00Z")), one.newest());
    assertEquals(Map.of("u", 2L, "v", 3L), known.labels());
    assertTrue(known.labelsOfSequences());
    assertEquals(Map.of("a", 2L, "b", 3L), known.rowsBySequence());
    ColumnProfile x = known.column("x").orElseThrow();
    assertEquals(List.of(5L, 0L, 1L, 2L), List.of(x.count(), x.missing(), x.atMin(), x.atMax()));
    assertEquals(List.of(-1.0, 5.0, 2.6), List.of(x.min(), x.max(), x.mean()));
    assertEquals(Math.sqrt(5.44), x.deviation(), 1e-15);
    assertEquals(5, Arrays.stream(x.histogram().counts()).sum());
    assertEquals(4, x.histogram().earlier().stream().mapToLong(n -> n).sum(), "up to the second");
    ColumnProfile y = known.column("y").orElseThrow();
    assertEquals(List.of(2L, 3L), List.of(y.count(), y.missing()));
    assertEquals(0.6, y.missingShare());
    assertEquals(known, ProfileJson.read(ProfileJson.write(known)));
    assertEquals(
        Map.of("x", x.histogram(), "y", y.histogram()),
        profile("one.csv", "label", TargetKind.CLASS, known).byReference());
  }

  @Test
  void shouldCountCategoriesAndNumbersOfSequencesWhateverTheFiles() throws IOException {
    TestSession.start();
    List<String> lines =
        List.of(
            "a,2024-01-01,1,2,rain,north,3",
            "a,2024-01-02,1,2,sun,north,3",
            "a,2024-01-03,1,2,,north,3",
            "b,2024-01-01,1,2,rain,south,5",
            "b,2024-01-04,1,2,rain,south,none");
    Files.write(folder.resolve("one.csv"), with("id,t,x,y,c,region,size", lines));
    Files.createDirectories(folder.resolve("parts"));
    for (int i = 0; i < lines.size(); i++) {
      Files.write(
          folder.resolve("parts/" + i + ".csv"),
          with("id,t,x,y,c,region,size", lines.subList(i, i + 1)));
    }
    SideColumns side = new SideColumns(List.of("c", "region"), List.of("size", "region"), 1);
    Profiled one = beside("one.csv", side);

    assertEquals(one, beside("parts", side));
    DataProfile known = one.profile();
    assertEquals(
        List.of(
            new CategoryProfile("c", 4, 1, counts("rain", 2, "sun", 1), counts("rain", 1), false),
            new CategoryProfile(
                "region",
                5,
                0,
                counts("north", 2, "south", 1),
                counts("north", 1, "south", 1),
                true)),
        known.categories());
    assertEquals(0.2, known.categoryColumn("c").orElseThrow().missingShare());
    ColumnProfile size = known.column("size").orElseThrow();
    assertEquals(List.of(4L, 1L), List.of(size.count(), size.missing()));
    assertEquals(known, ProfileJson.read(ProfileJson.write(known)));
    Files.write(
        folder.resolve("other.csv"),
        Files.readAllLines(folder.resolve("one.csv")).stream()
            .map(line -> line.replace("sun", "hail"))
            .toList());
    assertNotEquals(known.content(), beside("other.csv", side).profile().content());
  }

  private Profiled beside(String path, SideColumns side) {
    TableSpec spec = spec(folder.resolve(path).toString(), "y", TargetKind.VALUE).with(side);
    return new TableReader(spec.within(ALWAYS), new Reading()).profile(Optional.empty(), 1);
  }

  private static SortedMap<String, Long> counts(Object... counts) {
    SortedMap<String, Long> map = new TreeMap<>();
    for (int i = 0; i < counts.length; i += 2) {
      map.put((String) counts[i], ((Integer) counts[i + 1]).longValue());
    }
    return map;
  }

  @Test
  void shouldCountCategoriesOfRowsThatAreSequences() throws IOException {
    TestSession.start();
    Files.writeString(
        folder.resolve("nested.json"),
        """
        {"id": "a", "t": [1, 2], "x": [1, 2], "y": [3, 4], "c": ["rain", null], "region": "north"}
        {"id": "b", "t": [1], "x": [1], "y": [3], "c": ["rain"], "region": "north"}
        """);
    TableSpec spec =
        new TableSpec(
                new TableLocation(
                    "json", Optional.of(folder.resolve("nested.json").toString()), Map.of()),
                new ColumnNames(List.of("id"), List.of("t"), List.of("x"), List.of("y")),
                new TargetSpec(TargetKind.VALUE, 0),
                new ScalingSpec(Scale.NONE, false),
                Tables.ALL)
            .with(new SideColumns(List.of("c", "region"), List.of("region"), 1));
    DataProfile known = new TableReader(spec, new Reading()).profile(Optional.empty(), 1).profile();

    assertEquals(
        List.of(
            new CategoryProfile("c", 2, 1, counts("rain", 2), counts(), false),
            new CategoryProfile("region", 2, 0, counts("north", 2), counts(), true)),
        known.categories());
  }

  @Test
  void shouldRefuseCountsOfCategoriesThatContradictEachOther() {
    for (SortedMap<String, Long> later : List.of(counts("a", 0, "b", 3), counts("a", 1))) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new CategoryProfile("c", 5, 0, counts("a", 2), later, false));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> new CategoryProfile("c", 0, -1, counts(), counts(), false));
  }

  @Test
  void shouldForgetCategoriesThatAreTooManyWhateverTheParts() {
    for (int many : new int[] {CategoryProfile.MOST, CategoryProfile.MOST + 1}) {
      CategoryCounts whole = new CategoryCounts();
      CategoryCounts merged = new CategoryCounts();
      CategoryCounts part = new CategoryCounts();
      for (int i = 0; i < 2 * many; i++) {
        String category = i % 7 == 0 ? null : "c" + i % many;
        whole.add(category, i > many);
        part.add(category, i > many);
        if (i % 100 == 0) {
          merged.merge(part);
          part = new CategoryCounts();
        }
      }
      merged.merge(part);
      CategoryProfile profile = whole.profile("c", false);
      assertEquals(profile, merged.profile("c", false));
      assertEquals(many == CategoryProfile.MOST, profile.counted());
      assertEquals(2 * many, profile.count() + profile.missing());
    }
  }

  private static List<String> with(String header, List<String> lines) {
    List<String> all = new ArrayList<>(List.of(header));
    all.addAll(lines);
    return all;
  }

  @Test
  void shouldBeTheSameInAnyOrderAndFromAnyParts() {
    Random random = new Random(4);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      String id = "s" + random.nextInt(400);
      rows.add(new Row(id, "%05d".formatted(i), "l" + i % 3, Math.exp(5 * random.nextGaussian())));
    }
    Profiled whole = Profiles.of(List.of("x"), rows, Optional.empty());
    List<Row> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, random);
    List<List<Row>> parts = new ArrayList<>();
    for (int from = 0; from < shuffled.size(); from += 300) {
      parts.add(shuffled.subList(from, Math.min(from + 300, shuffled.size())));
    }

    assertEquals(whole, Profiles.of(List.of("x"), parts, Optional.empty()));
    assertTrue(whole.profile().rowsBySequence().isEmpty(), "too many ids");
    assertEquals(rows.stream().map(Row::id).distinct().count(), whole.profile().sequences());
    long earlier =
        whole.profile().columns().get(0).histogram().earlier().stream().mapToLong(n -> n).sum();
    assertEquals(1_000, earlier, 100, "about half of the rows are up to the median time");
  }

  @Test
  void shouldEstimateHowManyDifferentThingsThereAre() {
    DistinctCount count = new DistinctCount();
    for (int i = 0; i < 200_000; i++) {
      count.add(Mixing.with(7, i % 100_000));
    }
    assertEquals(100_000, count.value(), 3_000);
  }

  @Test
  void shouldIdentifyTheValuesButNotTheTimesOfRows() {
    List<Row> rows = List.of(new Row("a", "1", "u", 1, 2), new Row("b", "2", "v", 3, 4));
    String content = content(rows);

    assertEquals(content, content(List.of(rows.get(1), rows.get(0))));
    assertEquals(
        content, content(List.of(new Row("a", "8", "u", 1, 2), new Row("b", "9", "v", 3, 4))));
    assertNotEquals(
        content, content(List.of(new Row("a", "1", "v", 1, 2), new Row("b", "2", "u", 3, 4))));
    assertNotEquals(
        content, content(List.of(new Row("a", "1", "u", 2, 1), new Row("b", "2", "v", 3, 4))));
    assertNotEquals(content, content(rows.subList(0, 1)));
  }

  private static String content(List<Row> rows) {
    return Profiles.of(List.of("x", "y"), rows, Optional.empty()).profile().content();
  }

  @Test
  void shouldHaveBinsForAnyNumbers() {
    for (double value : new double[] {0, -0.0, 1e308, -1e-310, 420, Double.MAX_VALUE}) {
      List<Row> rows = List.of(new Row("a", "1", null, value), new Row("a", "2", null, value));
      ColumnProfile column =
          Profiles.of(List.of("x"), rows, Optional.empty()).profile().columns().get(0);
      assertTrue(column.constant(), "constant " + value);
      assertEquals(2, Arrays.stream(column.histogram().counts()).sum());
    }
    ColumnProfile none =
        Profiles.of(List.of("x"), List.of(new Row("a", "1", null, Double.NaN)), Optional.empty())
            .profile()
            .columns()
            .get(0);
    assertFalse(none.constant());
    assertEquals(1, none.missingShare());
  }

  @Test
  void shouldRefuseJsonThatIsNoProfile() throws IOException {
    List<Row> rows = List.of(new Row("a", "1", "u", 1), new Row("a", "2", "u", 2));
    DataProfile profile = Profiles.of(List.of("x"), rows, Optional.empty()).profile();
    String json = ProfileJson.write(profile).toString();
    ObjectMapper mapper = new ObjectMapper();

    assertEquals(profile, ProfileJson.read(mapper.readTree(json)));
    for (String[] change :
        new String[][] {
          {"\"rows\":2", "\"rows\":-2"},
          {"\"rows\":2", "\"row\":2"},
          {"\"latest\":\"", "\"latest\":\"yesterday"},
          {"\"rows\":2", "\"rows\":2,\"more\":1"},
          {"\"count\":2", "\"count\":null"},
          {"\"atMax\":1", "\"atMax\":3"},
          {"\"earlier\":[", "\"earlier\":[1,"},
          {"\"edges\":[", "\"edges\":[9e9,"}
        }) {
      assertTrue(json.contains(change[0]), change[0]);
      ObjectNode wrong = (ObjectNode) mapper.readTree(json.replace(change[0], change[1]));
      assertThrows(IllegalArgumentException.class, () -> ProfileJson.read(wrong), change[1]);
    }
  }
}
