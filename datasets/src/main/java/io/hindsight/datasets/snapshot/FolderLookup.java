package io.hindsight.datasets.snapshot;

import io.hindsight.datasets.files.HadoopSettings;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;

/** Asks file systems for many folders at a time, as an object store takes a while for each. */
final class FolderLookup {
  private static final int AT_A_TIME = 16;

  private FolderLookup() {}

  /**
   * How the files of each folder are now.
   *
   * @throws UncheckedIOException if a file system does not tell
   */
  static List<FileFolder> now(List<FileFolder> folders) {
    Configuration configuration = HadoopSettings.configuration();
    List<Callable<FileFolder>> questions = new ArrayList<>();
    folders.forEach(folder -> questions.add(() -> folder.now(configuration)));
    ExecutorService threads =
        Executors.newFixedThreadPool(Math.max(1, Math.min(AT_A_TIME, folders.size())));
    try {
      List<FileFolder> answers = new ArrayList<>();
      for (Future<FileFolder> answer : threads.invokeAll(questions)) {
        answers.add(answer.get());
      }
      return answers;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException("interrupted looking up files"));
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private static RuntimeException failure(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException failure
        ? failure
        : new UncheckedIOException("cannot look up the files of the data", (IOException) cause);
  }
}
