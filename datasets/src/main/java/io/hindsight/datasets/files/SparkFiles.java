package io.hindsight.datasets.files;

import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/** Where Spark keeps files in this process, driver or executor, and until when a task needs its. */
public final class SparkFiles {
  private SparkFiles() {}

  /**
   * A folder of Spark's; absent in a process without it.
   *
   * @param number of the folder, if there are several; beyond the last it begins again
   */
  public static Optional<Path> folder(int number) {
    return Optional.ofNullable(SparkEnv.get())
        .map(
            spark -> {
              File[] folders = spark.blockManager().diskBlockManager().localDirs();
              return folders[Math.floorMod(number, folders.length)].toPath();
            });
  }

  /** Whether Spark encrypts its files. */
  public static boolean areEncrypted() {
    SparkEnv spark = SparkEnv.get();
    return spark != null && spark.conf().getBoolean("spark.io.encryption.enabled", false);
  }

  /** Runs something when the task of this thread ends, however it does; without one, never. */
  public static void whenTaskEnds(Runnable work) {
    TaskContext task = TaskContext.get();
    if (task != null) {
      task.addTaskCompletionListener((TaskCompletionListener) ended -> work.run());
    }
  }
}
