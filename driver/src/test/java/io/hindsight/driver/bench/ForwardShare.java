package io.hindsight.driver.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * Which share of the tasks' time is the kernels' forward pass: {@code ForwardShare RECORDING}, of
 * Java Flight Recorder. Counts the execution samples of Spark's task threads, and of these the ones
 * with {@code Bptt.forward} in their stack; {@code .ci/predict-share} records one.
 */
public final class ForwardShare {
  private static final String FORWARD = "io.hindsight.kernels.bptt.Bptt.forward";
  private static final String TASKS = "Executor task launch worker";

  private ForwardShare() {}

  /** Prints it. */
  public static void main(String[] arguments) throws IOException {
    List<RecordedEvent> tasks =
        RecordingFile.readAllEvents(Path.of(arguments[0])).stream()
            .filter(event -> event.getEventType().getName().equals("jdk.ExecutionSample"))
            .filter(ForwardShare::isOfTask)
            .toList();
    long forward = tasks.stream().filter(ForwardShare::isForward).count();
    System.out.printf(
        Locale.ROOT,
        "forward pass: %d of %d samples of tasks, %.1f %%%n",
        forward,
        tasks.size(),
        100.0 * forward / Math.max(1, tasks.size()));
  }

  private static boolean isOfTask(RecordedEvent sample) {
    RecordedThread thread = sample.getThread("sampledThread");
    boolean isTask = thread != null && String.valueOf(thread.getJavaName()).startsWith(TASKS);
    return isTask && sample.getStackTrace() != null;
  }

  private static boolean isForward(RecordedEvent sample) {
    return sample.getStackTrace().getFrames().stream().anyMatch(ForwardShare::isForward);
  }

  private static boolean isForward(RecordedFrame frame) {
    return FORWARD.equals(
        frame.getMethod().getType().getName() + "." + frame.getMethod().getName());
  }
}
