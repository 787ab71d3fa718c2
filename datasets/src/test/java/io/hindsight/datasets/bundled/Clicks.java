package io.hindsight.datasets.bundled;

import io.hindsight.kernels.random.CounterRandom;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Makes {@code data/clicks.csv}: 1,000 visits of 6 to 20 clicks on 40 items in five departments. In
 * the department where the visit began a visitor mostly goes to the next item; from elsewhere
 * mostly back there, to the item after the one where it was left. So what comes next depends on
 * where the visit began, and on how far it got there.
 */
public final class Clicks {
  private static final long SEED = 2029;
  private static final int VISITS = 1000;
  private static final int DEPARTMENTS = 5;
  private static final int ITEMS = 8; // of a department
  private static final double AWAY = 0.45; // from home, to any item of any department
  private static final double BACK = 0.8; // from elsewhere, to the department of the beginning
  private static final double FURTHER = 0.1; // from elsewhere, to the next item there

  private Clicks() {}

  /** Writes the file to the path given as first argument. */
  public static void main(String[] args) throws IOException {
    Files.writeString(Path.of(args[0]), content(), StandardCharsets.UTF_8);
  }

  /** The whole file. */
  public static String content() {
    StringBuilder lines = new StringBuilder("visit,click,item\n");
    for (int visit = 0; visit < VISITS; visit++) {
      CounterRandom random = CounterRandom.of(SEED, CounterRandom.Purpose.GENERATED_DATA, visit);
      Visitor visitor = new Visitor(random);
      int clicks = 6 + random.nextInt(15);
      for (int click = 1; click <= clicks; click++) {
        lines.append(
            String.format(Locale.ROOT, "v%03d,%d,%s\n", visit, click, name(visitor.item())));
        visitor.move();
      }
    }
    return lines.toString();
  }

  /** The name of an item. */
  static String name(int item) {
    return "i" + (item + 1) * 37 % 1000; // tells neither department nor place
  }

  /** Where a visitor is, and where the department that the visit began in was left. */
  private static final class Visitor {
    private final CounterRandom random;
    private final int home;
    private int department;
    private int place;
    private int left;

    Visitor(CounterRandom random) {
      this.random = random;
      home = random.nextInt(DEPARTMENTS);
      department = home;
      place = random.nextInt(ITEMS);
    }

    int item() {
      return department * ITEMS + place;
    }

    void move() {
      double which = random.nextDouble();
      if (department == home && which >= AWAY) {
        place = (place + 1) % ITEMS;
      } else if (department != home && which < BACK) {
        department = home;
        place = (left + 1) % ITEMS;
      } else if (department != home && which < BACK + FURTHER) {
        place = (place + 1) % ITEMS;
      } else {
        left = department == home ? place : left;
        department = random.nextInt(DEPARTMENTS);
        place = random.nextInt(ITEMS);
      }
    }
  }
}
