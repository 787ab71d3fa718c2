package io.hindsight.submit.faults;

import io.hindsight.kernels.random.CounterRandom;
import io.hindsight.kernels.random.CounterRandom.Purpose;
import io.hindsight.submit.faults.Setting.Engine;
import io.hindsight.submit.faults.Setting.Store;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A run and what breaks in it, a pure function of its seed.
 *
 * @param faults in the order in which they strike
 */
record Scenario(long seed, Setting setting, List<Fault> faults) {
  private static final int MOST_FURTHER = 2;

  /** Times as many steps where a second driver is to start before the run ends. */
  private static final int SECOND_DRIVERS_START = 3;

  private static final int BESIDE_A_LOCAL_RUN = 8; // whose steps take a millisecond

  Scenario {
    faults = List.copyOf(faults);
  }

  /** The scenario of a seed. Seeds in a row have each kind of fault in turn as their first. */
  static Scenario of(long seed) {
    CounterRandom random = CounterRandom.of(seed, Purpose.GENERATED_DATA, 12);
    FaultKind main = FaultKind.values()[Math.floorMod(seed, FaultKind.values().length)];
    Setting setting = setting(main, random);
    List<Fault> faults = new ArrayList<>(List.of(main.draw(random, setting)));
    for (int i = random.nextInt(MOST_FURTHER + 1); i > 0; i--) {
      List<FaultKind> further =
          Stream.of(FaultKind.values())
              .filter(kind -> kind.suits(setting) && !isOneTooMany(kind, faults))
              .toList();
      faults.add(Setting.pick(random, further).draw(random, setting));
    }
    faults.sort(Comparator.comparingInt((Fault fault) -> fault.moment().step()));
    return new Scenario(seed, setting, faults);
  }

  /** With both of two executors harmed, a run must wait for one of them. */
  private static boolean isOneTooMany(FaultKind kind, List<Fault> faults) {
    return kind.harmsExecutors()
        && faults.stream().anyMatch(fault -> fault.kind().harmsExecutors());
  }

  private static Setting setting(FaultKind main, CounterRandom random) {
    Engine engine = Setting.pick(random, main.engines());
    Store store = Setting.pick(random, main.stores());
    Setting drawn = Setting.draw(random, engine, store);
    if (main != FaultKind.SECOND_DRIVER) {
      return drawn;
    }
    int times = engine == Engine.LOCAL ? BESIDE_A_LOCAL_RUN : SECOND_DRIVERS_START;
    return drawn.withTask(drawn.task().withSteps(times * drawn.task().steps()));
  }

  /** How far ahead the clock of the first driver is, s. */
  long clock() {
    return faults.stream()
        .filter(ShiftClock.class::isInstance)
        .map(fault -> ((ShiftClock) fault).before())
        .findFirst()
        .orElse(0L);
  }

  /** In some lines, for the log. */
  String describe() {
    return faults.stream()
        .map(fault -> "  " + fault.describe())
        .collect(Collectors.joining("\n", setting.describe() + "\n", ""));
  }
}
