package io.hindsight.submit.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.config.section.ConfigReader;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ScenarioTest {
  private static final int KINDS = FaultKind.values().length;

  private static List<Scenario> many() {
    return LongStream.range(-50, 500).mapToObj(Scenario::of).toList();
  }

  @Test
  void shouldBeAFunctionOfItsSeed() {
    for (Scenario scenario : many()) {
      assertEquals(scenario, Scenario.of(scenario.seed()));
      assertEquals(scenario.describe(), Scenario.of(scenario.seed()).describe());
    }
  }

  @Test
  void shouldHaveEveryKindOfFaultAmongAsManySeedsInARow() {
    for (long seed : new long[] {-7, 0, 4711}) {
      Set<FaultKind> kinds =
          LongStream.range(seed, seed + KINDS)
              .mapToObj(Scenario::of)
              .flatMap(scenario -> scenario.faults().stream())
              .map(Fault::kind)
              .collect(Collectors.toSet());
      assertEquals(EnumSet.allOf(FaultKind.class), kinds, "from seed " + seed);
    }
  }

  @Test
  void shouldHaveAConfigurationThatIsValid() {
    for (Scenario scenario : many()) {
      ConfigReader.read(scenario.setting().yaml(), "seed " + scenario.seed(), List.of());
    }
  }

  @Test
  void shouldBreakOnlyWhatARunUsesInItsOrder() {
    for (Scenario scenario : many()) {
      List<Fault> faults = scenario.faults();
      for (Fault fault : faults) {
        assertTrue(fault.kind().suits(scenario.setting()), scenario::describe);
      }
      List<Fault> sorted =
          faults.stream().sorted(Comparator.comparing(fault -> fault.moment().step())).toList();
      assertEquals(sorted, faults);
      long executors = faults.stream().filter(fault -> fault.kind().harmsExecutors()).count();
      assertTrue(executors <= 1, scenario::describe);
    }
  }

  /** Java and Spark start in seconds, in which a local run makes thousands of steps. */
  @Test
  void shouldGiveASecondDriverTimeToCome() {
    int found = 0;
    for (Scenario scenario : many()) {
      Setting setting = scenario.setting();
      if (isFirstOf(scenario.seed(), FaultKind.SECOND_DRIVER)) {
        int usual = setting.engine() == Setting.Engine.SPARK_JOBS ? 100 : 400;
        int times = setting.engine() == Setting.Engine.LOCAL ? 8 : 3;
        assertEquals(times * usual, setting.task().steps(), scenario::describe);
        found++;
      }
    }
    assertEquals(many().size() / KINDS, found);
  }

  private static boolean isFirstOf(long seed, FaultKind kind) {
    return Math.floorMod(seed, KINDS) == kind.ordinal();
  }

  @Test
  void shouldReachEveryEngineStoreAndTask() {
    Set<Object> reached = new HashSet<>();
    for (Scenario scenario : many()) {
      Setting setting = scenario.setting();
      reached.addAll(List.of(setting.engine(), setting.store(), setting.task().cell()));
      reached.add("carry " + setting.task().carryState());
      reached.add("large " + setting.task().large());
      reached.add("sliced " + setting.yaml().contains("reduce: sliced"));
    }
    assertEquals(3 + 3 + 3 + 2 + 2 + 2, reached.size(), reached::toString);
  }

  @Test
  void shouldPromiseResidentRunsMoreThanToWaitForAStall() {
    for (Scenario scenario : many()) {
      for (Fault fault : scenario.faults()) {
        if (fault instanceof StopExecutor stop
            && scenario.setting().engine() == Setting.Engine.SPARK_RESIDENT) {
          assertTrue(
              Pace.seconds(stop.seconds())
                      .compareTo(stop.promise(scenario.setting()).silence().plusSeconds(4))
                  > 0);
        }
      }
    }
  }
}
