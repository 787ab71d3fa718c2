package io.hindsight.driver.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.profile.DataProfile;
import io.hindsight.datasets.profile.ProfiledColumns;
import io.hindsight.driver.config.GateConfig;
import io.hindsight.driver.gate.DataVerdict.Kind;
import io.hindsight.driver.gate.ProfiledTables.Row;
import io.hindsight.driver.registry.Blessing.Check;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Poisoned data is caught by the check that fits, and clean data passes with the defaults. */
class DataGateTest {
  private static final GateConfig.Data USUAL = GateConfig.Data.DEFAULT;
  private static final DataGate.Window MOVED = new DataGate.Window(Optional.empty(), true);
  private static final List<String> METER = List.of("load", "heat");
  private static final List<Row> BEFORE = ProfiledTables.meters(0, 28);
  private static final List<Row> NOW = ProfiledTables.meters(1, 28);
  private static final int LOAD = 0;
  private static final int HEAT = 1;

  private static DataVerdict judge(
      List<String> columns, List<Row> before, List<Row> now, GateConfig.Data limits) {
    DataProfile champion = profile(columns, before);
    return DataGate.judge(
        ProfiledTables.profile(columns, now, Optional.of(champion)),
        Optional.of(champion),
        List.of(champion.rows(), champion.rows() + 1, champion.rows() - 2),
        MOVED,
        limits);
  }

  private static DataProfile profile(List<String> columns, List<Row> rows) {
    return ProfiledTables.profile(columns, rows, Optional.empty()).profile();
  }

  private static List<Row> each(UnaryOperator<Row> change) {
    return NOW.stream().map(change).toList();
  }

  private static List<Row> values(int column, DoubleUnaryOperator change) {
    return some(column, 1, change);
  }

  /** Changes one of so many rows. */
  private static List<Row> some(int column, int of, DoubleUnaryOperator change) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < NOW.size(); i++) {
      double[] values = NOW.get(i).values().clone();
      values[column] = i % of == 0 ? change.applyAsDouble(values[column]) : values[column];
      rows.add(new Row(NOW.get(i).id(), NOW.get(i).time(), null, values));
    }
    return rows;
  }

  private static List<Row> stuck() {
    double[] last = new double[1];
    return each(
        row -> {
          boolean isStuck = row.time().compareTo("2026-01-08") > 0;
          last[0] = isStuck ? last[0] : row.values()[0];
          return new Row(row.id(), row.time(), null, last[0], row.values()[1]);
        });
  }

  private static List<Row> twice() {
    List<Row> rows = new ArrayList<>(NOW);
    NOW.forEach(row -> rows.add(new Row(row.id(), row.time() + ":30", null, row.values())));
    return rows;
  }

  private static List<Row> redated() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < BEFORE.size(); i++) {
      rows.add(new Row(BEFORE.get(i).id(), NOW.get(i).time(), null, BEFORE.get(i).values()));
    }
    return rows;
  }

  static Stream<Arguments> poisoned() {
    Random random = new Random(3);
    return Stream.of(
        Arguments.of("constant column", "data.constant:heat", values(HEAT, x -> 7)),
        Arguments.of("copy under new dates", "data.same-content", redated()),
        Arguments.of("missing values", "data.null-rate:load", some(LOAD, 12, x -> Double.NaN)),
        Arguments.of("unit × 1000", "data.drift:load", values(LOAD, x -> 1000 * x)),
        Arguments.of("decimal point lost", "data.drift:heat", values(HEAT, x -> 10 * x)),
        Arguments.of("unit of some rows", "data.outside:load", some(LOAD, 12, x -> 1000 * x)),
        Arguments.of("sign flip", "data.drift:load", values(LOAD, x -> -x)),
        Arguments.of("clipped above", "data.largest:load", values(LOAD, x -> Math.min(x, 78))),
        Arguments.of("clipped below", "data.least:heat", values(HEAT, x -> Math.max(x, 3))),
        Arguments.of("zero for missing", "data.least:load", some(LOAD, 12, x -> 0)),
        Arguments.of("code for missing", "data.outside:heat", some(HEAT, 12, x -> -999)),
        Arguments.of("shifted", "data.drift:load", values(LOAD, x -> x + 40)),
        Arguments.of("Fahrenheit", "data.drift:heat", values(HEAT, x -> 32 + 1.8 * x)),
        Arguments.of("standardized twice", "data.drift:load", values(LOAD, x -> (x - 62) / 13)),
        Arguments.of("logarithms", "data.drift:load", values(LOAD, Math::log)),
        Arguments.of("noise", "data.outside:heat", values(HEAT, x -> 40 * random.nextGaussian())),
        Arguments.of("whole tens", "data.drift:load", values(LOAD, x -> 30 * Math.rint(x / 30))),
        Arguments.of("stuck for weeks", "data.drift:load", stuck()),
        Arguments.of(
            "swapped columns",
            "data.drift:heat",
            each(row -> new Row(row.id(), row.time(), null, row.values()[1], row.values()[0]))),
        Arguments.of("twice as many rows", "data.rows-ratio.most", twice()),
        Arguments.of(
            "a sequence missing",
            "data.lost-sequences",
            NOW.stream().filter(row -> !row.id().equals("m2")).toList()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("poisoned")
  void shouldRefuseWhatIsBroken(String what, String check, List<Row> rows) {
    DataVerdict verdict = judge(METER, BEFORE, rows, USUAL);

    assertEquals(Kind.BROKEN, verdict.kind(), what + ": " + verdict.checks());
    assertTrue(failed(verdict).contains(check), what + ": " + failed(verdict));
    assertEquals(failed(verdict).size(), verdict.reasons().size(), verdict.reasons().toString());
  }

  private static List<String> failed(DataVerdict verdict) {
    return verdict.checks().stream().filter(c -> !c.passed()).map(Check::name).toList();
  }

  static Stream<Arguments> late() {
    return Stream.of(
        Arguments.of("half is missing", "data.rows-ratio.least", half()),
        Arguments.of("nothing", "data.min-rows", List.of()),
        Arguments.of("nothing new", "data.same-content", BEFORE),
        Arguments.of(
            "the last days are missing",
            "data.freshness",
            NOW.stream().filter(row -> row.time().compareTo("2026-01-27") < 0).toList()));
  }

  private static List<Row> half() {
    return Stream.iterate(0, i -> i < NOW.size(), i -> i + 2).map(NOW::get).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("late")
  void shouldAskForAnotherTryWhereDataIsNotAllThere(String what, String check, List<Row> rows) {
    DataProfile champion = profile(METER, BEFORE);
    GateConfig.Data fresh =
        new GateConfig.Data(0.5, 2, Optional.of(Duration.ofHours(24)), 0.05, 0.2, 0.2, 0.1, 1);
    Optional<Instant> to = Optional.of(Instant.parse("2026-01-30T00:00:00Z"));
    DataVerdict verdict =
        DataGate.judge(
            ProfiledTables.profile(METER, rows, Optional.of(champion)),
            Optional.of(champion),
            List.of(champion.rows()),
            new DataGate.Window(to, true),
            fresh);

    assertEquals(Kind.TOO_LITTLE_OR_LATE, verdict.kind(), verdict.reasons().toString());
    assertTrue(failed(verdict).contains(check), what + ": " + failed(verdict));
  }

  @Test
  void shouldTellValueAndLimitInPlainWords() {
    DataVerdict verdict = judge(METER, BEFORE, some(LOAD, 4, x -> Double.NaN), USUAL);

    assertEquals(
        List.of("column 'load' has missing values: 0.2500, but must be at most 0.05000"),
        verdict.reasons());
  }

  @Test
  void shouldPassTheFirstWindow() {
    DataVerdict verdict =
        DataGate.judge(
            ProfiledTables.profile(METER, NOW, Optional.empty()),
            Optional.empty(),
            List.of(),
            MOVED,
            USUAL);

    assertEquals(Kind.PASSED, verdict.kind(), verdict.reasons().toString());
  }

  @Test
  void shouldRefuseVectorsThatBecameNarrower() {
    List<String> wide = List.of("v[0]", "v[1]");
    List<Row> narrow =
        NOW.stream().map(r -> new Row(r.id(), r.time(), null, r.values()[0])).toList();
    DataProfile champion = profile(wide, BEFORE);
    DataVerdict verdict =
        DataGate.judge(
            ProfiledTables.profile(List.of("v[0]"), narrow, Optional.of(champion)),
            Optional.of(champion),
            List.of(),
            MOVED,
            USUAL);

    assertEquals(List.of("data.schema:v[1]"), failed(verdict));
  }

  static Stream<Arguments> labels() {
    return Stream.of(
        Arguments.of(
            "all of one class", "data.label-shift", (UnaryOperator<String>) label -> "rising"),
        Arguments.of(
            "another spelling", "data.new-labels", (UnaryOperator<String>) label -> label + "_v2"),
        Arguments.of(
            "two classes in one",
            "data.label-shift",
            (UnaryOperator<String>) label -> label.equals("falling") ? "rising" : label));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("labels")
  void shouldRefuseClassesThatShifted(String what, String check, UnaryOperator<String> change) {
    List<Row> waves = ProfiledTables.waves();
    List<Row> now =
        waves.stream()
            .map(r -> new Row("n" + r.id(), r.time(), change.apply(r.label()), r.values()))
            .toList();
    DataVerdict verdict = judge(List.of("value"), waves, now, USUAL);

    assertEquals(Kind.BROKEN, verdict.kind());
    assertTrue(failed(verdict).contains(check), what + verdict.checks());
  }

  /** Weather by the hour: three kinds, each of eight hours. */
  private static String weather(Row row) {
    return List.of("fog", "rain", "sun").get(hour(row) / 8);
  }

  private static int hour(Row row) {
    return Integer.parseInt(row.time().substring(11, 13));
  }

  private static DataVerdict judgeCategories(
      List<Row> before, Function<Row, String> was, List<Row> now, Function<Row, String> is) {
    ProfiledColumns columns = new ProfiledColumns(METER, List.of(), List.of("weather"));
    DataProfile champion = ProfiledTables.profile(columns, before, was, Optional.empty()).profile();
    return DataGate.judge(
        ProfiledTables.profile(columns, now, is, Optional.of(champion)),
        Optional.of(champion),
        List.of(champion.rows()),
        MOVED,
        USUAL);
  }

  static Stream<Arguments> categories() {
    return Stream.of(
        Arguments.of("another spelling", "data.drift:weather", upper("sun", "rain", "fog")),
        Arguments.of("one of another spelling", "data.drift:weather", upper("rain")),
        Arguments.of("one for all", "data.constant:weather", (Function<Row, String>) row -> "sun"),
        Arguments.of(
            "none in some rows",
            "data.null-rate:weather",
            (Function<Row, String>) row -> hour(row) % 12 == 0 ? null : weather(row)));
  }

  private static Function<Row, String> upper(String... some) {
    return row -> {
      String kind = weather(row);
      return List.of(some).contains(kind) ? kind.toUpperCase(Locale.ROOT) : kind;
    };
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("categories")
  void shouldRefuseCategoriesThatAreBroken(String what, String check, Function<Row, String> now) {
    DataVerdict verdict = judgeCategories(BEFORE, DataGateTest::weather, NOW, now);

    assertEquals(Kind.BROKEN, verdict.kind(), what);
    assertTrue(failed(verdict).contains(check), what + ": " + failed(verdict));
    assertTrue(failed(verdict).stream().allMatch(name -> name.endsWith(":weather")), what);
  }

  @Test
  void shouldNameTheCategoryThatChangedMost() {
    DataVerdict verdict = judgeCategories(BEFORE, DataGateTest::weather, NOW, upper("rain"));

    assertEquals(
        List.of(
            "the categories of column 'weather' have drifted from the champion's data, most 'RAIN'"
                + " from a share of 0 to 0.3333; divergence in bits: 0.3333,"
                + " but must be at most 0.2000"),
        verdict.reasons());
  }

  @Test
  void shouldPassCategoriesThatWereMissingBeforeOrAreTooManyToCompare() {
    Function<Row, String> some = row -> hour(row) < 12 ? null : weather(row);
    Function<Row, String> own = row -> row.id() + row.time();

    assertNoneRefused(
        List.of(judgeCategories(BEFORE, some, NOW, some), judgeCategories(BEFORE, own, NOW, own)));
  }

  /** Each sequence has a category of its own, so few are drawn, though rows are many. */
  @Test
  void shouldPassOtherSequencesWhoseCategoriesDifferByChance() {
    List<Row> waves =
        ProfiledTables.waves().stream()
            .map(r -> new Row(r.id(), r.time(), r.label(), r.values()[0], size(r)))
            .toList();
    List<String> ids = new ArrayList<>(waves.stream().map(Row::id).distinct().toList());
    ProfiledColumns columns =
        new ProfiledColumns(List.of("value", "size"), List.of("size"), List.of("region"));
    Random random = new Random(19);
    List<DataVerdict> verdicts = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Collections.shuffle(ids, random);
      Function<Row, String> region = row -> "r" + Math.floorMod(row.id().hashCode(), 12);
      List<Row> before = of(waves, ids.subList(0, 20));
      List<Row> now = of(waves, ids.subList(20, 40));
      DataProfile champion =
          ProfiledTables.profile(columns, before, region, Optional.empty()).profile();
      assertTrue(champion.categoryColumn("region").orElseThrow().ofSequences());
      verdicts.add(
          DataGate.judge(
              ProfiledTables.profile(columns, now, region, Optional.of(champion)),
              Optional.of(champion),
              List.of(),
              MOVED,
              USUAL));
    }
    assertEquals(
        List.of(),
        verdicts.stream()
            .flatMap(verdict -> failed(verdict).stream())
            .filter(name -> name.endsWith(":region") || name.endsWith(":size"))
            .toList());
  }

  private static double size(Row row) {
    return new Random(row.id().hashCode()).nextInt(8);
  }

  @Test
  void shouldRefuseAnotherUnitOfANumberOfTheSequence() {
    ProfiledColumns columns = new ProfiledColumns(List.of("size"), List.of("size"), List.of());
    List<Row> before =
        ProfiledTables.waves().stream()
            .map(r -> new Row(r.id(), r.time(), r.label(), size(r)))
            .toList();
    List<Row> now =
        before.stream()
            .map(r -> new Row("n" + r.id(), r.time(), r.label(), 1000 * r.values()[0]))
            .toList();
    DataProfile champion =
        ProfiledTables.profile(columns, before, row -> null, Optional.empty()).profile();
    DataVerdict verdict =
        DataGate.judge(
            ProfiledTables.profile(columns, now, row -> null, Optional.of(champion)),
            Optional.of(champion),
            List.of(),
            MOVED,
            USUAL);

    assertEquals(List.of("data.drift:size", "data.outside:size"), failed(verdict));
  }

  @Test
  void shouldPassWindowsOfATrendThatMovesOn() {
    List<Row> co2 = ProfiledTables.co2();
    Random random = new Random(17);
    List<DataVerdict> verdicts = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      int length = 60 + random.nextInt(240);
      int from = random.nextInt(co2.size() - length - 24);
      int later = from + 1 + random.nextInt(24);
      verdicts.add(
          judge(
              List.of("ppm"),
              co2.subList(from, from + length),
              co2.subList(later, later + length),
              USUAL));
    }
    assertNoneRefused(verdicts);
  }

  @Test
  void shouldPassOtherSequencesOfTheSameKind() {
    List<Row> waves = ProfiledTables.waves();
    List<String> ids = new ArrayList<>(waves.stream().map(Row::id).distinct().toList());
    Random random = new Random(18);
    List<DataVerdict> verdicts = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Collections.shuffle(ids, random);
      List<String> before = ids.subList(0, ids.size() / 2);
      List<String> now = ids.subList(ids.size() / 2, ids.size());
      verdicts.add(judge(List.of("value"), of(waves, before), of(waves, now), USUAL));
    }
    assertNoneRefused(verdicts);
  }

  private static List<Row> of(List<Row> rows, List<String> ids) {
    return rows.stream().filter(row -> ids.contains(row.id())).toList();
  }

  @Test
  void shouldPassWindowsShorterThanASeason() {
    List<DataVerdict> verdicts = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      int days = 3 + i % 12;
      verdicts.add(
          judge(
              METER,
              ProfiledTables.meters(i, days),
              ProfiledTables.meters(i + 1 + i % 3, days),
              USUAL));
    }
    assertNoneRefused(verdicts);
  }

  private static void assertNoneRefused(List<DataVerdict> verdicts) {
    List<String> reasons =
        verdicts.stream().flatMap(verdict -> verdict.reasons().stream()).toList();
    assertEquals(
        0,
        verdicts.stream().filter(verdict -> !verdict.passed()).count(),
        reasons.stream().collect(Collectors.joining("\n")));
  }
}
