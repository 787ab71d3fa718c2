package io.hindsight.driver.run;

import io.hindsight.datasets.ByteCount;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.plan.Heap;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells of a failure whose memory ran out, and which setting gives more. */
public final class MemoryShortage {
  /** How Spark names the executor of a task; {@code driver} in local mode. */
  private static final Pattern EXECUTOR = Pattern.compile("\\(\\S+ executor (\\w+)\\)");

  /** The last is how an executor ends that ran out of heap. */
  private static final Pattern SPENT =
      Pattern.compile("OutOfMemoryError|memory limits|exited with code 52");

  private static final String IN_DRIVER = "driver";

  /** Of a thread whose end no other waits for; the cause of what fails afterwards. */
  private static final AtomicReference<ConfigException> ELSEWHERE = new AtomicReference<>();

  private MemoryShortage() {}

  /**
   * The explanation, if memory ran out anywhere in the chain of causes: what ran out, what it has
   * to hold, and the setting to change. The same again would end the same way, so it is a matter of
   * configuration.
   */
  public static Optional<ConfigException> in(Throwable failure) {
    String executor = IN_DRIVER;
    for (Throwable each = failure; each != null; each = each.getCause()) {
      String said = String.valueOf(each.getMessage());
      Matcher task = EXECUTOR.matcher(said);
      boolean ofTask = task.find();
      executor = ofTask ? task.group(1) : executor;
      if (each instanceof OutOfMemoryError || ofTask && SPENT.matcher(said).find()) {
        return Optional.of(
            executor.equals(IN_DRIVER) ? ofDriver(each) : ofExecutor(executor, each));
      }
    }
    return Optional.empty();
  }

  /** Remembers that a thread of this process has died of it, since Java tells no other thread. */
  public static void sawElsewhere(ConfigException shortage) {
    ELSEWHERE.compareAndSet(null, shortage);
  }

  /** The first such death, which explains a failure that explains nothing itself. */
  static Optional<ConfigException> elsewhere() {
    return Optional.ofNullable(ELSEWHERE.get());
  }

  /** For tests, whose process goes on. */
  static void forgetElsewhere() {
    ELSEWHERE.set(null);
  }

  private static ConfigException ofDriver(Throwable failure) {
    String said = String.valueOf(failure.getMessage());
    if (said.contains("native thread")) {
      return ConfigException.of(
          "out of threads",
          "the system allows this process no further thread (%s); raise its limit of processes (ulimit -u, or that of the container)"
              .formatted(cause(failure)));
    }
    if (said.contains("space") && !said.contains("heap")) { // Metaspace, Compressed class space
      return ConfigException.of(
          "out of memory",
          "the driver has no room for further classes (%s); raise or remove -XX:MaxMetaspaceSize"
              .formatted(cause(failure)));
    }
    long heap = Runtime.getRuntime().maxMemory();
    return ConfigException.of(
        "out of memory",
        "the driver, with a heap of %s, has no memory left (%s). It holds all encoded data (8 bytes a number, 4 a token, about twice that while they are read), weights and optimizer (32 bytes a parameter with Adam), and in local mode the workspaces; 'plan' tells the sizes; %s, or lower training.batch, training.bptt.window or model.hidden"
            .formatted(ByteCount.text(heap), cause(failure), Heap.remedy(heap)));
  }

  private static ConfigException ofExecutor(String executor, Throwable failure) {
    return ConfigException.of(
        "out of memory",
        "executor %s ran out of memory (%s). It holds its share of the data and a workspace per core; 'plan' tells the sizes; raise spark.executor.memory, or lower spark.executor.cores, training.batch or training.bptt.window"
            .formatted(executor, cause(failure)));
  }

  /** Which memory, in Java's or Spark's words. */
  private static String cause(Throwable failure) {
    String said = String.valueOf(failure.getMessage());
    Matcher spent = Pattern.compile("OutOfMemoryError: ([^\n]*)").matcher(said);
    if (failure instanceof OutOfMemoryError) {
      return said.lines().findFirst().orElse("");
    }
    if (spent.find()) {
      return spent.group(1);
    }
    return said.contains("memory limits") ? "its container's limit" : "exit code 52";
  }
}
