package io.hindsight.driver.retrain;

import io.hindsight.driver.retrain.Loads.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Predicate;

/**
 * What can be wrong with the newest half of a window, by the words of the reason that fits, as a
 * regular expression.
 */
enum Poison {
  THOUSANDS("load|rmse", row -> change(row, x -> 1000 * x)),
  THOUSANDTHS("load|rmse", row -> change(row, x -> x / 1000)),
  SIGN("load|rmse", row -> change(row, x -> -x)),
  OFFSET("load|rmse", row -> change(row, x -> x + 100)),
  FAHRENHEIT("load|rmse", row -> change(row, x -> 1.8 * x + 32)),
  LOST_POINT("load|rmse", row -> row.load = row.load.replace(".", "")),
  SQUARED("load|rmse", row -> change(row, x -> x * x)),
  LOGARITHM("load|rmse", row -> change(row, Math::log)),
  CONSTANT("load|rmse", row -> row.load(50)),
  ZERO("load|rmse", row -> row.load(0)),
  CAPPED("load|rmse", row -> change(row, x -> Math.min(x, 36))),
  FLOORED("load|rmse", row -> change(row, x -> Math.max(x, 46))),
  SENTINEL("load|rmse", every(3, row -> row.load(-999))),
  OVERFLOW("load|rmse", every(4, row -> row.load(Integer.MIN_VALUE))),
  SPIKES("load|rmse", every(8, row -> change(row, x -> 50 * x))),
  MISSING("load|rmse", every(3, row -> row.load = "")),
  NOT_A_NUMBER("load|rmse", every(3, row -> row.load = "NaN")),
  GARBAGE("load|rmse", every(50, row -> row.load = "n/a")),
  TEMPERATURE_FAHRENHEIT("temperature|rmse", row -> row.temperature = fahrenheit(row.temperature)),
  TEMPERATURE_FROZEN("temperature|rmse", row -> row.temperature = "10.0000"),
  TEMPERATURE_MISSING("temperature|rmse", every(3, row -> row.temperature = "")),
  SWAPPED_COLUMNS("load|rmse", Poison::swap),
  NOISE("load|rmse", row -> row.load(20 + 60 * new Random(row.time.hashCode()).nextDouble())),
  SHUFFLED("load|rmse", Poison::shuffle, true),
  REVERSED_SIGN_OF_DAY("load|rmse", row -> change(row, x -> 80 - x + 20)),
  TWICE("time", row -> {}, rows -> rows.addAll(rows.stream().filter(isNew()).limit(20).toList())),
  STATION_GONE("sequence", row -> {}, rows -> rows.removeIf(row -> row.station.equals("s3"))),
  HALF_GONE("row", row -> {}, rows -> rows.removeIf(isOdd())),
  NEWEST_GONE("row", row -> {}, rows -> rows.removeIf(isNew())),
  STALE_COPY("moved", row -> {}, Poison::copyOfTheFirst);

  /** Does something to all rows of the newest half. */
  private interface All {
    void spoil(List<Row> rows);
  }

  /** Does something to one of them. */
  private interface Each {
    void spoil(Row row);
  }

  final String reason;
  private final All all;

  Poison(String reason, Each each) {
    this(reason, each, rows -> {});
  }

  Poison(String reason, Each each, All then) {
    this.reason = reason;
    this.all =
        rows -> {
          rows.stream().filter(isNew()).forEach(each::spoil);
          then.spoil(rows);
        };
  }

  Poison(String reason, All all, boolean ofAll) {
    this.reason = reason;
    this.all = all;
  }

  /** Spoils the rows of both windows, from the middle of the second on. */
  void spoil(List<Row> rows) {
    all.spoil(rows);
  }

  private static Predicate<Row> isNew() {
    return row ->
        Duration.between(Loads.START, row.time).toHours() >= Loads.MOVE + Loads.LENGTH / 2;
  }

  private static Predicate<Row> isOdd() {
    return row -> Duration.between(Loads.START, row.time).toHours() % 5 < 3;
  }

  private static Each every(int n, Each each) {
    return row -> {
      long hour = Duration.between(Loads.START, row.time).toHours();
      if (Math.floorMod(hour + row.station.hashCode(), n) == 0) {
        each.spoil(row);
      }
    };
  }

  private static void change(Row row, DoubleUnaryOperator change) {
    row.load(change.applyAsDouble(row.value()));
  }

  private static String fahrenheit(String celsius) {
    return String.valueOf(1.8 * Double.parseDouble(celsius) + 32);
  }

  private static void swap(Row row) {
    String load = row.load;
    row.load = row.temperature;
    row.temperature = load;
  }

  private static void shuffle(List<Row> rows) {
    List<Row> spoilt = rows.stream().filter(isNew()).toList();
    List<String> loads = new ArrayList<>(spoilt.stream().map(row -> row.load).toList());
    Collections.shuffle(loads, new Random(5));
    for (int i = 0; i < loads.size(); i++) {
      spoilt.get(i).load = loads.get(i);
    }
  }

  /** The values of the first window under the times of the second. */
  private static void copyOfTheFirst(List<Row> rows) {
    List<Row> before = new ArrayList<>(rows);
    rows.removeIf(row -> Duration.between(Loads.START, row.time).toHours() >= Loads.LENGTH);
    for (Row row : before) {
      if (Duration.between(Loads.START, row.time).toHours() < Loads.LENGTH) {
        row.time = row.time.plus(Duration.ofHours(Loads.MOVE));
      }
    }
  }
}
