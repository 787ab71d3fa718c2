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
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.GRUImpl;
import org.bytedeco.pytorch.GRUOptions;
import org.bytedeco.pytorch.LSTMImpl;
import org.bytedeco.pytorch.LSTMOptions;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.RNNImpl;
import org.bytedeco.pytorch.RNNOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Times forward and backward passes of one libtorch layer, as {@code torch_layer_server.py} does
 * for PyTorch; the protocol is described in {@code servers.py}.
 */
final class LibtorchServer {
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
  private static final int THREADS =
      Integer.parseInt(System.getenv().getOrDefault("OMP_NUM_THREADS", "1"));

  /** One layer of one shape, its batch, and the gradient given for all its outputs. */
  private static final class Layer {
    private final String cell;
    private final Module module;
    private final Tensor input; // (T, B, I)
    private final Tensor outputGradient; // (T, B, H)

    Layer(String cell, long inputs, long hidden, long batch, long steps, ScalarType type) {
      this.cell = cell;
      module =
          switch (cell) {
            case "lstm" -> new LSTMImpl(new LSTMOptions(inputs, hidden));
            case "gru" -> new GRUImpl(new GRUOptions(inputs, hidden));
            case "rnn" -> new RNNImpl(new RNNOptions(inputs, hidden));
            default -> throw new IllegalArgumentException("no cell is called " + cell);
          };
      module.to(type, false);
      input = random(type, steps, batch, inputs);
      outputGradient = random(type, steps, batch, hidden);
    }

    private static Tensor random(ScalarType type, long... shape) {
      try (PointerScope scope = new PointerScope()) {
        Tensor values = torch.randn(shape).to(type);
        return values.retainReference();
      }
    }

    void step() {
      try (PointerScope scope = new PointerScope()) {
        module.zero_grad(true);
        output().backward(outputGradient, new BoolOptional(), false, new TensorArrayRefOptional());
      }
    }

    private Tensor output() {
      return switch (cell) {
        case "lstm" -> ((LSTMImpl) module).forward(input).get0();
        case "gru" -> ((GRUImpl) module).forward(input).get0();
        default -> ((RNNImpl) module).forward(input).get0();
      };
    }
  }

  private Layer layer;
  private String layerKey = "";

  private String answer(String request) {
    String[] words = request.trim().split("\\s+");
    if (words.length != 8 || !words[0].equals("run")) {
      return "error expected 'run CELL I H B T DTYPE REPETITIONS', but read '" + request + "'";
    }
    prepare(words);
    int repetitions = Integer.parseInt(words[7]);
    List<String> times = new ArrayList<>();
    long process = processNanos();
    for (int i = 0; i < repetitions; i++) {
      long start = nanos();
      layer.step();
      times.add("%.4f".formatted((nanos() - start) / 1e6));
    }
    double processMs = (processNanos() - process) / 1e6;
    return "ms %s process %.4f".formatted(String.join(" ", times), processMs);
  }

  /** By the clock, or CPU time of one thread. */
  private static long nanos() {
    return THREADS == 1 ? CPU.getCurrentThreadCpuTime() : System.nanoTime();
  }

  private void prepare(String[] words) {
    String key = String.join(" ", List.of(words).subList(1, 7));
    if (key.equals(layerKey)) {
      return;
    }
    ScalarType type = words[6].equals("float32") ? ScalarType.Float : ScalarType.Double;
    layer =
        new Layer(
            words[1],
            Long.parseLong(words[2]),
            Long.parseLong(words[3]),
            Long.parseLong(words[4]),
            Long.parseLong(words[5]),
            type);
    layerKey = key;
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
    LibtorchServer server = new LibtorchServer();
    server.answer("run rnn 8 8 8 2 float64 1");
    System.out.printf("ready libtorch %s (%s)%n", version(), blas());
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = requests.readLine(); line != null; line = requests.readLine()) {
      System.out.println(server.answer(line));
      System.out.flush();
    }
  }
}
