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
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * Times layers on demand for {@code benchmarks/compare-pytorch}, which runs it beside servers of
 * the same protocol for PyTorch and takes turns between them.
 *
 * <p>After one line {@code ready DESCRIPTION} it answers each line {@code run CELL I H B T DTYPE
 * REPETITIONS} with {@code ms M M … process P}: the thread's CPU time of every repetition, and that
 * of the whole process for all of them, in milliseconds; or with {@code unsupported REASON}, or
 * {@code error MESSAGE}. To {@code example CELL I H B T} it answers {@code values N N …}: a layer's
 * inputs and results, see {@link LayerExample}. It ends with its input.
 */
public final class LayerServer {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int WORDS = 8;
  private static final int EXAMPLE_WORDS = 6;

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
    try {
      return words.size() == EXAMPLE_WORDS && words.get(0).equals("example")
          ? example(words.get(1), sizes(words.subList(2, EXAMPLE_WORDS)))
          : run(words);
    } catch (IllegalArgumentException e) {
      return "error " + e.getMessage();
    }
  }

  private String run(List<String> words) {
    if (words.size() != WORDS || !words.get(0).equals("run")) {
      return "error expected 'run CELL I H B T DTYPE REPETITIONS', but read '%s'"
          .formatted(String.join(" ", words));
    }
    if (!words.get(6).equals("float64")) {
      return "unsupported Hindsight computes in float64 only, not in " + words.get(6);
    }
    prepare(words.subList(1, 6));
    return measure(Integer.parseInt(words.get(7)));
  }

  private void prepare(List<String> wanted) {
    if (!wanted.equals(shape)) {
      int[] sizes = sizes(wanted.subList(1, wanted.size()));
      layer = new TimedLayer(wanted.get(0), sizes[0], sizes[1], sizes[2], sizes[3]);
      shape = wanted;
    }
  }

  private static int[] sizes(List<String> words) {
    return words.stream().mapToInt(Integer::parseInt).toArray();
  }

  private static String example(String cell, int[] sizes) {
    LayerExample layer = new LayerExample(cell, sizes[0], sizes[1], sizes[2], sizes[3]);
    return DoubleStream.concat(DoubleStream.of(layer.inputs()), DoubleStream.of(layer.results()))
        .mapToObj(Double::toString)
        .collect(Collectors.joining(" ", "values ", ""));
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
