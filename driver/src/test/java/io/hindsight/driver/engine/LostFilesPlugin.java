package io.hindsight.driver.engine;

import java.io.File;
import java.util.Map;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * A Spark plugin under which executors lose their shuffle files when a stage begins, every so many
 * stages. An even number hits the second stage of jobs that have two.
 */
public final class LostFilesPlugin implements SparkPlugin {
  private static final int EVERY = 20;

  static Map<String, String> settings() {
    return Map.of("spark.plugins", LostFilesPlugin.class.getName());
  }

  @Override
  public DriverPlugin driverPlugin() {
    return null;
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new ExecutorPlugin() {
      @Override
      public void onTaskStart() {
        TaskContext task = TaskContext.get();
        if (task.stageAttemptNumber() == 0 && task.stageId() % EVERY == EVERY - 1) {
          for (File folder : SparkEnv.get().blockManager().diskBlockManager().localDirs()) {
            deleteShuffleFiles(folder);
          }
        }
      }
    };
  }

  private static void deleteShuffleFiles(File folder) {
    File[] files = folder.listFiles();
    for (File file : files == null ? new File[0] : files) {
      if (file.isDirectory()) {
        deleteShuffleFiles(file);
      } else if (file.getName().startsWith("shuffle_")) {
        boolean unused = file.delete(); // another task may have been faster
      }
    }
  }
}
