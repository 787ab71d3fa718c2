package io.hindsight.datasets.files;

import io.hindsight.datasets.ByteCount;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskFailureListener;

/**
 * The disk that Spark keeps a task's files on is full: where, and how large it is. Only the machine
 * that has it knows, so a task that fails for it takes this to the driver beside its failure.
 */
public final class FullDisk extends IOException {
  private static final long serialVersionUID = 1L;
  private static final String FOLDERS = "spark.local.dir";

  /** Where Spark looks before the setting, the first that is set. */
  private static final List<String> VARIABLES =
      List.of("SPARK_EXECUTOR_DIRS", "SPARK_LOCAL_DIRS", "LOCAL_DIRS");

  private FullDisk(String message) {
    super(message);
  }

  /** Tells the tasks of the jobs to come where the setting has their files. */
  public static void announce(SparkContext context) {
    context.setLocalProperty(
        FOLDERS, context.getConf().get(FOLDERS, System.getProperty("java.io.tmpdir")));
  }

  /** In a task: looks at the disk when it fails. */
  public static void watch() {
    TaskContext task = TaskContext.get();
    if (task != null) {
      task.addTaskFailureListener(
          (TaskFailureListener) (context, failure) -> explain(context, failure));
    }
  }

  private static void explain(TaskContext task, Throwable failure) {
    boolean full =
        Stream.iterate(failure, each -> each != null, Throwable::getCause)
            .anyMatch(FullDisk::isFull);
    if (full && in(failure).isEmpty()) {
      fullest(folders(task)).ifPresent(disk -> failure.addSuppressed(disk));
    }
  }

  private static boolean isFull(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    return message.contains("No space left on device") || message.contains("Disk quota exceeded");
  }

  private static List<Path> folders(TaskContext task) {
    String all =
        VARIABLES.stream()
            .map(System::getenv)
            .filter(value -> value != null && !value.isEmpty())
            .findFirst()
            .orElseGet(() -> String.valueOf(task.getLocalProperty(FOLDERS)));
    return Arrays.stream(all.split("[," + File.pathSeparator + "]")).map(Path::of).toList();
  }

  private static Optional<FullDisk> fullest(List<Path> folders) {
    return folders.stream()
        .filter(Files::isDirectory)
        .min(Comparator.comparingLong(folder -> folder.toFile().getUsableSpace()))
        .map(FullDisk::of);
  }

  private static FullDisk of(Path folder) {
    return new FullDisk(
        "no space is left on the disk that Spark keeps its files on (%s on %s%s); give it another or a larger one with --conf %s=, free some, or bring more executors, among which the rows are divided"
            .formatted(folder, host(), size(folder), FOLDERS));
  }

  private static String size(Path folder) {
    try {
      FileStore disk = Files.getFileStore(folder);
      return ", a disk of " + ByteCount.text(disk.getTotalSpace()); // part of it is free again
    } catch (IOException unknown) {
      return "";
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "its machine";
    }
  }

  /** What a task found, anywhere in the failure of its job. */
  public static Optional<FullDisk> in(Throwable failure) {
    Deque<Throwable> open = new ArrayDeque<>(List.of(failure));
    for (int seen = 0; !open.isEmpty() && seen < 100; seen++) {
      Throwable each = open.remove();
      if (each instanceof FullDisk disk) {
        return Optional.of(disk);
      }
      open.addAll(List.of(each.getSuppressed()));
      if (each.getCause() != null) {
        open.add(each.getCause());
      }
    }
    return Optional.empty();
  }

  /** The message alone: it is for people. */
  @Override
  public String toString() {
    return getMessage();
  }
}
