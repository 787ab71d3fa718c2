import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.pytorch.global.torch;

/**
 * Times what libtorch computes, by the protocol that is described in {@code servers.py}: {@link
 * LayerWork layers}, or, of the text that is its argument, the {@link CharacterWork character
 * model}.
 */
final class LibtorchServer {
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
  private static final int THREADS =
      Integer.parseInt(System.getenv().getOrDefault("OMP_NUM_THREADS", "1"));

  /** Something that is computed again and again. */
  interface Work {
    /** The words of a request, but for the last, which is the number of repetitions. */
    String form();

    /** What a repetition does, for words of this form. */
    Runnable step(List<String> words);
  }

  private final Work work;

  private LibtorchServer(Work work) {
    this.work = work;
  }

  private String answer(String request) {
    List<String> words = List.of(request.trim().split("\\s+"));
    String[] form = work.form().split(" ");
    if (words.size() != form.length + 1 || !words.get(0).equals(form[0])) {
      return "error expected '%s REPETITIONS', but read '%s'".formatted(work.form(), request);
    }
    Runnable step = work.step(words.subList(1, form.length));
    int repetitions = Integer.parseInt(words.get(form.length));
    List<String> times = new ArrayList<>();
    long process = processNanos();
    for (int i = 0; i < repetitions; i++) {
      long start = nanos();
      step.run();
      times.add("%.4f".formatted((nanos() - start) / 1e6));
    }
    double processMs = (processNanos() - process) / 1e6;
    return "ms %s process %.4f".formatted(String.join(" ", times), processMs);
  }

  /** By the clock, or CPU time of one thread. */
  private static long nanos() {
    return THREADS == 1 ? CPU.getCurrentThreadCpuTime() : System.nanoTime();
  }

  private static long processNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** As the jar's file name says it: libtorch's version, then JavaCPP's. */
  private static String version() {
    String jar = torch.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    return jar.substring(jar.lastIndexOf('/') + 1).replaceAll("^pytorch-|[.]jar$", "");
  }

  /** The BLAS libraries in this process; where MKL is among them, it has taken OpenBLAS's place. */
  private static String blas() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
      return lines
          .map(line -> line.substring(line.lastIndexOf('/') + 1))
          .filter(name -> name.matches("lib(openblas[.]|mkl_rt).*"))
          .distinct()
          .sorted()
          .collect(Collectors.joining(", "));
    }
  }

  public static void main(String[] args) throws IOException {
    torch.set_num_threads(THREADS);
    torch.manual_seed(1);
    Work layers = new LayerWork();
    new LibtorchServer(layers).answer("run rnn 8 8 8 2 float64 1"); // loads all libraries
    LibtorchServer server =
        new LibtorchServer(args.length == 0 ? layers : CharacterWork.of(Path.of(args[0])));
    System.out.printf("ready libtorch %s (%s)%n", version(), blas());
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = requests.readLine(); line != null; line = requests.readLine()) {
      System.out.println(server.answer(line));
      System.out.flush();
    }
  }
}
