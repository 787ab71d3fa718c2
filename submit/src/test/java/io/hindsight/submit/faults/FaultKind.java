package io.hindsight.submit.faults;

import io.hindsight.kernels.random.CounterRandom;
import io.hindsight.submit.faults.Setting.Engine;
import io.hindsight.submit.faults.Setting.Store;
import java.util.List;

/** What can break. */
enum FaultKind {
  KILL_EXECUTOR("executor killed"),
  STOP_EXECUTOR("executor stopped"),
  CUT_NETWORK("network cut"),
  KILL_DRIVER("driver killed"),
  TERMINATE_DRIVER("driver terminated"),
  STOP_DRIVER("driver stopped"),
  SECOND_DRIVER("second driver"),
  OVERTAKE_DRIVER("driver overtaken"),
  FILL_DISK("disk full"),
  RESTART_NAME_NODE("NameNode restarted"),
  SHIFT_CLOCK("clock shifted");

  private static final List<Long> AHEAD = List.of(0L, 3600L, 400L * 86_400); // s

  private final String label;

  FaultKind(String label) {
    this.label = label;
  }

  /** As people call it. */
  String label() {
    return label;
  }

  /** Whether it takes an executor from the run, for a while or for good. */
  boolean harmsExecutors() {
    return this == KILL_EXECUTOR || this == STOP_EXECUTOR || this == CUT_NETWORK;
  }

  /** The engines of runs that it can break. */
  List<Engine> engines() {
    return harmsExecutors()
        ? List.of(Engine.SPARK_RESIDENT, Engine.SPARK_JOBS)
        : List.of(Engine.values());
  }

  /** The places of run directories that it can break. */
  List<Store> stores() {
    return switch (this) {
      case FILL_DISK -> List.of(Store.SMALL_DISK);
      case RESTART_NAME_NODE -> List.of(Store.HDFS);
      default -> List.of(Store.LOCAL, Store.HDFS);
    };
  }

  /** Whether it can break such a run. */
  boolean suits(Setting setting) {
    return engines().contains(setting.engine()) && stores().contains(setting.store());
  }

  /** One of its kind. */
  Fault draw(CounterRandom random, Setting setting) {
    Moment moment = Moment.training(random, setting.task());
    boolean resident = setting.engine() == Engine.SPARK_RESIDENT;
    // Resident tasks must not wait for the end of a stall, so it is longer than they may wait.
    int seconds = (resident ? 14 : 4) + random.nextInt(5);
    return switch (this) {
      case KILL_EXECUTOR -> new KillExecutor(moment, random.nextInt(2));
      case STOP_EXECUTOR -> new StopExecutor(moment, random.nextInt(2), seconds);
      case CUT_NETWORK -> new CutNetwork(moment, random.nextInt(2), seconds);
      case KILL_DRIVER -> new KillDriver(Moment.any(random, setting.task()));
      case TERMINATE_DRIVER -> new TerminateDriver(Moment.any(random, setting.task()));
      case STOP_DRIVER -> new StopDriver(moment, 2 + random.nextInt(6));
      case SECOND_DRIVER -> new SecondDriver(moment, Setting.pick(random, AHEAD));
      case OVERTAKE_DRIVER -> new OvertakeDriver(moment);
      case FILL_DISK -> new FillDisk(moment, random.nextInt(12));
      case RESTART_NAME_NODE -> new RestartNameNode(moment, 1 + random.nextInt(5));
      case SHIFT_CLOCK ->
          new ShiftClock(moment, Setting.pick(random, AHEAD), Setting.pick(random, AHEAD));
    };
  }
}
