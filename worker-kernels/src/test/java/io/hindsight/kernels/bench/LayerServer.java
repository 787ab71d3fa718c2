package io.hindsight.kernels.bench;

import io.hindsight.kernels.math.choice.OpsProvider;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Times layers on demand for {@code benchmarks/compare-pytorch}, which runs it beside servers of
 * the same protocol for PyTorch and takes turns between them.
 *
 * <p>After one line {@code ready DESCRIPTION} it answers each line {@code run CELL I H B T DTYPE
 * REPETITIONS} with {@code ms M M … process P}: the thread's CPU time of every repetition, and that
 * of the whole process for all of them, in milliseconds; or with {@code unsupported REASON}, or
 * {@code error MESSAGE}. It ends with its input.
 */
public final class LayerServer {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int WORDS = 8;

  private TimedLayer layer;
  private List<String> shape = List.of(); // CELL I H B T of the layer

  private LayerServer() {}

  /** Serves standard input until it ends. */
  public static void main(String[] args) throws IOException {
    LayerServer server = new LayerServer();
    System.out.printf(
        "ready Hindsight (%s), Java %s%n", OpsProvider.get().name(), Runtime.version());
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = requests.readLine(); line != null; line = requests.readLine()) {
      System.out.println(server.answer(line.trim()));
    }
  }

  private String answer(String request) {
    List<String> words = List.of(request.split("\\s+"));
    if (words.size() != WORDS || !words.get(0).equals("run")) {
      return "error expected 'run CELL I H B T DTYPE REPETITIONS', but read '" + request + "'";
    }
    if (!words.get(6).equals("float64")) {
      return "unsupported Hindsight computes in float64 only, not in " + words.get(6);
    }
    try {
      prepare(words.subList(1, 6));
      return measure(Integer.parseInt(words.get(7)));
    } catch (IllegalArgumentException e) {
      return "error " + e.getMessage();
    }
  }

  private void prepare(List<String> wanted) {
    if (!wanted.equals(shape)) {
      int[] sizes = wanted.stream().skip(1).mapToInt(Integer::parseInt).toArray();
      layer = new TimedLayer(wanted.get(0), sizes[0], sizes[1], sizes[2], sizes[3]);
      shape = wanted;
    }
  }

  private String measure(int repetitions) {
    StringBuilder answer = new StringBuilder("ms");
    Duration before = processTime();
    for (int i = 0; i < repetitions; i++) {
      long start = THREADS.getCurrentThreadCpuTime();
      layer.step();
      double ms = (THREADS.getCurrentThreadCpuTime() - start) / 1e6;
      answer.append(String.format(Locale.ROOT, " %.4f", ms));
    }
    long process = processTime().minus(before).toMillis();
    return answer.append(" process ").append(process).toString();
  }

  private static Duration processTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }
}
