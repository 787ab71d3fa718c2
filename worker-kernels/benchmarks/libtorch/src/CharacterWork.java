import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.LSTMImpl;
import org.bytedeco.pytorch.LSTMOptions;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.T_TensorT_TensorTensor_T_T;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Training of the character model of {@code conf/char-lm.yaml}, as {@code torch_char_server.py}
 * does it, with the same three ways for characters to reach the layer. Adam is the one that
 * libtorch offers to C++.
 */
final class CharacterWork implements LibtorchServer.Work {
  private static final int BATCH = 50;
  private static final int WINDOW = 50;
  private static final double LEARNING_RATE = 1e-2;
  private static final double CLIP = 5;
  private static final double TRAINING_PART = 0.9;

  private final Tensor streams; // (steps, B), of character ids
  private final int steps;
  private final int vocabulary;
  private final Map<List<String>, Training> trainings = new HashMap<>();

  private CharacterWork(Tensor streams, int steps, int vocabulary) {
    this.streams = streams;
    this.steps = steps;
    this.vocabulary = vocabulary;
  }

  static CharacterWork of(Path text) throws IOException {
    int[] characters = Files.readString(text).codePoints().toArray();
    int[] vocabulary = Arrays.stream(characters).distinct().sorted().toArray();
    int steps = (int) (characters.length * TRAINING_PART) / BATCH;
    long[] ids = new long[steps * BATCH];
    for (int i = 0; i < ids.length; i++) { // each stream goes on where the one before ends
      int character = characters[i % BATCH * steps + i / BATCH];
      ids[i] = Arrays.binarySearch(vocabulary, character);
    }
    return new CharacterWork(torch.tensor(ids).view(steps, BATCH), steps, vocabulary.length);
  }

  @Override
  public String form() {
    return "train INPUT HIDDEN";
  }

  /** A training goes on where it stopped. */
  @Override
  public Runnable step(List<String> words) {
    return trainings.computeIfAbsent(
            List.copyOf(words), of -> new Training(of.get(0), Long.parseLong(of.get(1))))
        ::step;
  }

  /** What a layer makes of a window, and the state after it. */
  private record Made(Tensor outputs, Tensor h, Tensor c) {}

  private interface Layer {
    TensorVector parameters();

    /**
     * @param tokens (T, B)
     * @param h (1, B, H), as c is and what is made of them
     */
    Made forward(Tensor tokens, Tensor h, Tensor c);
  }

  /** libtorch's own layer on vectors of 0 and 1. */
  private final class FusedLstm implements Layer {
    private final LSTMImpl lstm;
    private final Tensor identity; // (V, V); null where vectors are made by one_hot

    FusedLstm(long hidden, boolean byIdentity) {
      lstm = new LSTMImpl(new LSTMOptions(vocabulary, hidden));
      lstm.to(ScalarType.Double, false);
      identity = byIdentity ? torch.eye(vocabulary).to(ScalarType.Double) : null;
    }

    @Override
    public TensorVector parameters() {
      return lstm.parameters();
    }

    @Override
    public Made forward(Tensor tokens, Tensor h, Tensor c) {
      Tensor inputs =
          identity == null
              ? torch.one_hot(tokens, vocabulary).to(ScalarType.Double)
              : torch.embedding(identity, tokens);
      T_TensorT_TensorTensor_T_T made = lstm.forward(inputs, new T_TensorTensor_T(h, c));
      return new Made(made.get0(), made.get1().get0(), made.get1().get1());
    }
  }

  /** The layer written out, with its input product replaced by a choice of rows. */
  private final class GatherLstm implements Layer {
    private final Tensor inputRows; // (V, 4H)
    private final Tensor recurrent; // (H, 4H)
    private final Tensor bias; // (4H)

    GatherLstm(long hidden) {
      LSTMImpl lstm = new LSTMImpl(new LSTMOptions(vocabulary, hidden));
      lstm.to(ScalarType.Double, false);
      TensorVector all = lstm.parameters();
      inputRows = leaf(all.get(0).t());
      recurrent = leaf(all.get(1).t());
      bias = leaf(all.get(2).add(all.get(3)));
    }

    private static Tensor leaf(Tensor values) {
      Tensor leaf = values.detach().contiguous().clone();
      leaf.set_requires_grad(true);
      return leaf;
    }

    @Override
    public TensorVector parameters() {
      return new TensorVector(inputRows, recurrent, bias);
    }

    @Override
    public Made forward(Tensor tokens, Tensor h0, Tensor c0) {
      Tensor h = h0.squeeze(0);
      Tensor c = c0.squeeze(0);
      TensorVector outputs = new TensorVector();
      for (Tensor inputs : torch.embedding(inputRows, tokens).add(bias).unbind(0).get()) {
        TensorVector gates = torch.addmm(inputs, h, recurrent).chunk(4, 1);
        Tensor kept = gates.get(1).sigmoid().mul(c);
        c = kept.add(gates.get(0).sigmoid().mul(gates.get(2).tanh()));
        h = gates.get(3).sigmoid().mul(c.tanh());
        outputs.push_back(h);
      }
      return new Made(torch.stack(outputs), h.unsqueeze(0), c.unsqueeze(0));
    }
  }

  /** A model, its optimizer, and its place in the text. */
  private final class Training {
    private final Layer layer;
    private final LinearImpl head;
    private final TensorVector parameters;
    private final Adam optimizer;
    private final Tensor zero; // (1, B, H)
    private Tensor h;
    private Tensor c;
    private int at;

    Training(String kind, long hidden) {
      layer =
          switch (kind) {
            case "one-hot" -> new FusedLstm(hidden, false);
            case "identity" -> new FusedLstm(hidden, true);
            case "gather" -> new GatherLstm(hidden);
            default -> throw new IllegalArgumentException("no input is called " + kind);
          };
      head = new LinearImpl(hidden, vocabulary);
      head.to(ScalarType.Double, false);
      parameters = layer.parameters();
      for (Tensor parameter : head.parameters().get()) {
        parameters.push_back(parameter);
      }
      optimizer = new Adam(parameters, new AdamOptions(LEARNING_RATE));
      zero = torch.zeros(1, BATCH, hidden).to(ScalarType.Double);
      h = zero.clone();
      c = zero.clone();
    }

    /** One window of every stream; its loss and the gradient's norm are read, as metrics do. */
    void step() {
      try (PointerScope scope = new PointerScope()) {
        if (at + WINDOW >= steps) {
          at = 0;
          carry(zero, zero);
        }
        Tensor tokens = streams.narrow(0, at, WINDOW);
        Tensor labels = streams.narrow(0, at + 1, WINDOW);
        at += WINDOW;
        optimizer.zero_grad(true);
        Made made = layer.forward(tokens, h, c);
        Tensor logits = head.forward(made.outputs().flatten(0, 1));
        Tensor loss = torch.cross_entropy_loss(logits, labels.flatten());
        loss.backward();
        double norm = torch.clip_grad_norm_(parameters, CLIP);
        optimizer.step();
        carry(made.h().detach(), made.c().detach());
        if (!Double.isFinite(loss.item_double()) || !Double.isFinite(norm)) {
          throw new ArithmeticException("the loss or its gradient is not a number");
        }
      }
    }

    /** Keeps a state beyond the step that made it. */
    private void carry(Tensor nextH, Tensor nextC) {
      Tensor[] before = {h, c};
      h = nextH.clone().retainReference();
      c = nextC.clone().retainReference();
      for (Tensor state : before) {
        state.releaseReference();
      }
    }
  }
}
