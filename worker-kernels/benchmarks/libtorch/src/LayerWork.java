import java.util.List;
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

/** Forward and backward passes of one layer, as {@code torch_layer_server.py} computes them. */
final class LayerWork implements LibtorchServer.Work {
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
  private List<String> words = List.of();

  @Override
  public String form() {
    return "run CELL I H B T DTYPE";
  }

  @Override
  public Runnable step(List<String> wanted) {
    if (!wanted.equals(words)) {
      layer =
          new Layer(
              wanted.get(0),
              Long.parseLong(wanted.get(1)),
              Long.parseLong(wanted.get(2)),
              Long.parseLong(wanted.get(3)),
              Long.parseLong(wanted.get(4)),
              wanted.get(5).equals("float32") ? ScalarType.Float : ScalarType.Double);
      words = List.copyOf(wanted);
    }
    return layer::step;
  }
}
