package io.hindsight.submit.faults;

import io.hindsight.driver.cluster.ExecutorProcess;
import io.hindsight.driver.storage.LocalStorage;
import io.hindsight.submit.faults.Setting.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;

/** One run in the making: its driver, its files, and what is to be undone. */
final class Scene implements AutoCloseable {
  private final Place place;
  private final Scenario scenario;
  private final Path folder;
  private final Path config;
  private final RunFiles files;
  private final Optional<SmallDisk> disk;
  private final Timer timer = new Timer("undo", true);
  private final List<Undoing> undoings = new ArrayList<>();
  private final List<DriverProcess> overtaken = new ArrayList<>();
  private DriverProcess driver;
  private long clock;
  private int drivers;
  private boolean kept;

  /** Puts something right again. */
  interface Undo {
    void run() throws Exception;
  }

  /** What is undone once, in time or at the end. */
  private static final class Undoing extends TimerTask {
    private final Undo undo;
    private boolean done;

    Undoing(Undo undo) {
      this.undo = undo;
    }

    @Override
    public synchronized void run() {
      if (done) {
        return;
      }
      done = true;
      try {
        undo.run();
      } catch (Exception ended) { // what was stopped has ended since
        System.err.println("not undone: " + ended.getMessage());
      }
    }
  }

  /**
   * Prepares a run.
   *
   * @param folder empty; receives the configuration, the logs, and the run where that is on this
   *     machine's disk
   */
  Scene(Place place, Scenario scenario, Path folder) throws IOException, InterruptedException {
    this.place = place;
    this.scenario = scenario;
    this.folder = folder;
    clock = scenario.clock();
    config = Files.writeString(folder.resolve("config.yaml"), scenario.setting().yaml());
    Store store = setting().store();
    disk =
        store == Store.SMALL_DISK
            ? Optional.of(SmallDisk.mount(folder.resolve("disk")))
            : Optional.empty();
    files = new RunFiles(location(store));
  }

  private String location(Store store) throws IOException {
    return switch (store) {
      case LOCAL -> folder.resolve("run").toString();
      case SMALL_DISK -> folder.resolve("disk/run").toString();
      case HDFS -> place.hdfs().getURI() + "/faults/run-" + scenario.seed();
    };
  }

  Place place() {
    return place;
  }

  Setting setting() {
    return scenario.setting();
  }

  RunFiles files() {
    return files;
  }

  SmallDisk disk() {
    return disk.orElseThrow();
  }

  DriverProcess driver() {
    return driver;
  }

  /** Starts the driver, and each time but the first with {@code --resume}. */
  void start() throws IOException, InterruptedException {
    driver = start("driver-" + drivers, drivers > 0, clock);
    drivers++;
  }

  /**
   * Another driver on the same directory, for a fault to close.
   *
   * @param ahead s that its clock is, where it can be
   */
  DriverProcess another(long ahead) throws IOException, InterruptedException {
    boolean possible = !place.impossible().containsKey(FaultKind.SHIFT_CLOCK);
    return start("another-" + drivers, true, possible ? ahead : 0);
  }

  /** Another driver on the same directory, which is the run's from now on. */
  void replaceDriver() throws IOException, InterruptedException {
    overtaken.add(driver);
    start();
  }

  private DriverProcess start(String name, boolean resume, long ahead)
      throws IOException, InterruptedException {
    return DriverProcess.start(
        place,
        scenario.setting(),
        config,
        files.directory().location(),
        folder,
        name,
        ahead,
        resume);
  }

  /** How often the driver was started. */
  int drivers() {
    return drivers;
  }

  /** The clock of later drivers. */
  void shiftClock(long seconds) {
    clock = seconds;
  }

  /** One of the executors that run. */
  Optional<ExecutorProcess> executor(int number) {
    List<ExecutorProcess> running = List.copyOf(ExecutorProcess.running().values());
    return running.isEmpty() ? Optional.empty() : Optional.of(running.get(number % running.size()));
  }

  /** Undoes something after a while, at the latest when the run has ended. */
  void later(Duration delay, Undo undo) {
    Undoing undoing = new Undoing(undo);
    undoings.add(undoing);
    timer.schedule(undoing, delay.toMillis());
  }

  /** Puts everything right again, and ends the driver if it has not ended. */
  void settle() {
    timer.cancel();
    undoings.forEach(Undoing::run);
    driver.close();
    overtaken.forEach(DriverProcess::close);
  }

  /** Keeps the run for whoever looks into it, also where it is not on this machine's disk. */
  void keep() {
    kept = true;
    try {
      files.copyTo(folder.resolve("kept"));
    } catch (IOException unreadable) {
      System.err.println("the run cannot be kept: " + unreadable);
    }
  }

  /** Deletes what the run left, but for one that is kept. */
  @Override
  public void close() throws IOException, InterruptedException {
    if (setting().store() == Store.HDFS) {
      files.delete();
    }
    if (disk.isPresent()) {
      disk.get().unmount();
    }
    if (!kept) {
      new LocalStorage().delete(folder.toString());
    }
  }
}
