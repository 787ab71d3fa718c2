package io.hindsight.datasets.bundled;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the documents and presets say of the bundled data, found without a network. */
class ForetoldTest {
  private static final int ITEMS = 8; // of a department

  @Test
  void shouldTellTheNextClickBestFromWhereAVisitBegan() throws IOException {
    int clicks = 0;
    int right = 0;
    for (List<Integer> visit : visits()) {
      int home = visit.get(0) / ITEMS;
      int left = visit.get(0) % ITEMS;
      for (int i = 0; i + 1 < visit.size(); i++) {
        left = visit.get(i) / ITEMS == home ? visit.get(i) % ITEMS : left;
        right += visit.get(i + 1) == home * ITEMS + (left + 1) % ITEMS ? 1 : 0;
        clicks++;
      }
    }
    assertEquals(0.63, (double) right / clicks, 0.005);
  }

  /** The most frequent follower of each item, counted in four visits of five. */
  @Test
  void shouldTellLessFromTheItemBefore() throws IOException {
    Map<Integer, Map<Integer, Integer>> followers = new HashMap<>();
    List<List<Integer>> visits = visits();
    int clicks = 0;
    int right = 0;
    for (int v = 0; v < visits.size(); v++) {
      List<Integer> visit = visits.get(v);
      for (int i = 0; v % 5 > 0 && i + 1 < visit.size(); i++) {
        followers
            .computeIfAbsent(visit.get(i), item -> new HashMap<>())
            .merge(visit.get(i + 1), 1, Integer::sum);
      }
    }
    for (int v = 0; v < visits.size(); v += 5) {
      List<Integer> visit = visits.get(v);
      for (int i = 0; i + 1 < visit.size(); i++) {
        int likeliest =
            followers.get(visit.get(i)).entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
        right += visit.get(i + 1) == likeliest ? 1 : 0;
        clicks++;
      }
    }
    assertEquals(0.44, (double) right / clicks, 0.005);
  }

  /** Least squares of the remaining hours by the row's four sensors and a constant. */
  @Test
  void shouldTellLittleOfThePumpsFromARowAlone() throws IOException {
    List<double[]> rows = new ArrayList<>();
    for (String line : lines("pumps.csv")) {
      String[] cells = line.split(",");
      double[] row = {1, at(cells, 2), at(cells, 3), at(cells, 4), at(cells, 5), at(cells, 6)};
      rows.add(row);
    }
    double[] weights = leastSquares(rows);
    double squares = 0;
    for (double[] row : rows) {
      double error = -row[5];
      for (int i = 0; i < 5; i++) {
        error += weights[i] * row[i];
      }
      squares += error * error;
    }
    assertEquals(11.8, Math.sqrt(squares / rows.size()), 0.1);
  }

  /** A fault is answered after each warning: a knock above 1.75, or a dip below 4.25. */
  @Test
  void shouldTellFaultsOfValvesFromTheirWarnings() throws IOException {
    Map<String, Integer> answered = new HashMap<>();
    Map<String, Integer> right = new HashMap<>();
    Map<String, Integer> faults = new HashMap<>();
    List<String> lines = lines("valves.csv");
    for (int i = 0; i < lines.size(); i++) {
      String state = lines.get(i).split(",")[4];
      String answer = foretold(lines, i);
      answered.merge(answer, 1, Integer::sum);
      faults.merge(state, 1, Integer::sum);
      right.merge(state, answer.equals(state) ? 1 : 0, Integer::sum);
    }
    double sum = 0;
    for (String state : List.of("ok", "stuck", "leak")) {
      sum += 2.0 * right.get(state) / (answered.get(state) + faults.get(state));
    }
    assertEquals(0.71, sum / 3, 0.005);
    assertEquals(155, faults.get("stuck"));
    assertEquals(126, faults.get("leak"));
  }

  private static String foretold(List<String> lines, int i) {
    String[] now = lines.get(i).split(",");
    int minute = Integer.parseInt(now[1]);
    if (minute >= Valves.STICK_AFTER
        && at(lines.get(i - Valves.STICK_AFTER).split(","), 2) > 1.75) {
      return "stuck";
    }
    boolean dip =
        minute >= Valves.LEAK_AFTER && at(lines.get(i - Valves.LEAK_AFTER).split(","), 3) < 4.25;
    return dip ? "leak" : "ok";
  }

  private static double at(String[] cells, int column) {
    return Double.parseDouble(cells[column]);
  }

  /** By the normal equations, Gauss and Jordan; the last column is what is foretold. */
  private static double[] leastSquares(List<double[]> rows) {
    double[][] a = new double[5][6];
    for (double[] row : rows) {
      for (int i = 0; i < 5; i++) {
        for (int j = 0; j < 6; j++) {
          a[i][j] += row[i] * row[j];
        }
      }
    }
    for (int pivot = 0; pivot < 5; pivot++) {
      for (int i = 0; i < 5; i++) {
        double factor = i == pivot ? 0 : a[i][pivot] / a[pivot][pivot];
        for (int j = 0; j < 6; j++) {
          a[i][j] -= factor * a[pivot][j];
        }
      }
    }
    double[] weights = new double[5];
    for (int i = 0; i < 5; i++) {
      weights[i] = a[i][5] / a[i][i];
    }
    return weights;
  }

  /** Items of each visit by department and place. */
  private static List<List<Integer>> visits() throws IOException {
    Map<String, Integer> items = new HashMap<>();
    for (int item = 0; item < 5 * ITEMS; item++) {
      items.put(Clicks.name(item), item);
    }
    Map<String, List<Integer>> visits = new LinkedHashMap<>();
    for (String line : lines("clicks.csv")) {
      String[] cells = line.split(",");
      visits.computeIfAbsent(cells[0], id -> new ArrayList<>()).add(items.get(cells[2]));
    }
    return List.copyOf(visits.values());
  }

  private static List<String> lines(String file) throws IOException {
    List<String> lines = Files.readAllLines(Path.of("data", file));
    return lines.subList(1, lines.size());
  }
}
