package io.hindsight.kernels.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where each named block of parameters lies in the flat array.
 *
 * <p>Names, shapes and order are PyTorch's, so that weights can be exchanged tensor by tensor: per
 * layer {@code rnn.weight_ih_lN (G·H, I)}, {@code rnn.weight_hh_lN (G·H, H)}, {@code rnn.bias_ih_lN
 * (G·H)}, {@code rnn.bias_hh_lN (G·H)}, the same with {@code _reverse} for the direction from the
 * end of a layer that has one, then {@code out.weight (O, rows of the top layer)} and {@code
 * out.bias (O)}. A normalised layer has no {@code bias_hh}, a GRU's no {@code bias_ih} either;
 * {@code rnn.ln_ih_lN.weight} and {@code .bias (G·H)}, {@code rnn.ln_hh_lN.*}, and an LSTM's {@code
 * rnn.ln_c_lN.* (H)} follow. Tables are last, {@code embed.K.weight (rows, width)}, so that all
 * else is a prefix of the array; one that the output is tied to is in the place of {@code
 * out.weight}. Matrices are row-major. The layout is a function of the {@link NetworkSpec}.
 */
public final class ParameterLayout {
  /**
   * One named block.
   *
   * @param name PyTorch's tensor name
   * @param offset index of its first element in the flat array
   * @param rows rows of the matrix, or elements of a vector
   * @param columns columns of the matrix; 1 for a vector
   * @param vector whether the block is one-dimensional
   */
  public record Block(String name, int offset, int rows, int columns, boolean vector) {
    /** Elements in the block. */
    public int size() {
      return rows * columns;
    }

    /** The index after its last element. */
    public int end() {
      return offset + size();
    }

    /** The tensor's shape as PyTorch prints it. */
    public List<Integer> shape() {
      return vector ? List.of(rows) : List.of(rows, columns);
    }
  }

  /**
   * The blocks of one direction of a recurrent layer.
   *
   * @param spec the layer
   * @param weightIh input weights (G·H, I)
   * @param weightHh recurrent weights (G·H, H)
   * @param biasIh input bias (G·H)
   * @param biasHh recurrent bias (G·H)
   * @param norms of a normalised layer
   */
  public record LayerBlocks(
      RecurrentSpec spec,
      Block weightIh,
      Block weightHh,
      Optional<Block> biasIh,
      Optional<Block> biasHh,
      Optional<NormBlocks> norms) {
    /** All that is added to the product with the input, each (G·H). */
    public List<Block> inputBiases() {
      return Stream.concat(biasIh.stream(), norms.stream().map(n -> n.input().bias())).toList();
    }

    /** All that is added to the product with the state, each (G·H). */
    public List<Block> recurrentBiases() {
      return Stream.concat(biasHh.stream(), norms.stream().map(n -> n.state().bias())).toList();
    }
  }

  private final NetworkSpec spec;
  private final List<Block> blocks = new ArrayList<>();
  private final List<LayerBlocks> layers = new ArrayList<>();
  private final Block outWeight;
  private final Block outBias;
  private final List<Block> tables = new ArrayList<>();
  private final TableRows rows;
  private int size;

  /**
   * Lays out the parameters of a network.
   *
   * @throws IllegalArgumentException if they do not fit one Java array
   */
  public ParameterLayout(NetworkSpec spec) {
    this.spec = spec;
    List<Integer> inputs = spec.recurrentInputs();
    List<RecurrentSpec> recurrent = spec.recurrent();
    for (int number = 0; number < inputs.size(); number++) {
      RecurrentSpec layer = recurrent.get(number);
      layers.add(blocks(layer, "l" + number, inputs.get(number)));
      if (layer.bidirectional()) {
        layers.add(blocks(layer, "l" + number + "_reverse", inputs.get(number)));
      }
    }
    boolean tied = spec.output().tied();
    outWeight = matrix(tied ? table(0) : "out.weight", spec.output().logits(), spec.topRows());
    outBias = vector("out.bias", spec.output().logits());
    int dense = size;
    for (EmbeddingSpec table : spec.input().tables()) {
      String name = table(tables.size());
      tables.add(tied ? outWeight : matrix(name, table.rows(), table.width()));
    }
    rows = new TableRows(dense, tied ? List.of() : tables);
  }

  private static String table(int number) {
    return "embed." + number + ".weight";
  }

  private LayerBlocks blocks(RecurrentSpec layer, String suffix, int inputs) {
    int rows = Math.multiplyExact(layer.cell().gates(), layer.hidden());
    boolean norms = layer.layerNorm();
    boolean ih = !norms || !(layer.cell() instanceof GruCell);
    return new LayerBlocks(
        layer,
        matrix("rnn.weight_ih_" + suffix, rows, inputs),
        matrix("rnn.weight_hh_" + suffix, rows, layer.hidden()),
        ih ? Optional.of(vector("rnn.bias_ih_" + suffix, rows)) : Optional.empty(),
        norms ? Optional.empty() : Optional.of(vector("rnn.bias_hh_" + suffix, rows)),
        norms ? Optional.of(norms(layer, suffix, rows)) : Optional.empty());
  }

  private NormBlocks norms(RecurrentSpec layer, String suffix, int rows) {
    return new NormBlocks(
        norm("rnn.ln_ih_" + suffix, rows),
        norm("rnn.ln_hh_" + suffix, rows),
        layer.cell().hasCellState()
            ? Optional.of(norm("rnn.ln_c_" + suffix, layer.hidden()))
            : Optional.empty());
  }

  private NormBlocks.Affine norm(String name, int rows) {
    return new NormBlocks.Affine(vector(name + ".weight", rows), vector(name + ".bias", rows));
  }

  private Block matrix(String name, int rows, int columns) {
    return add(new Block(name, size, rows, columns, false));
  }

  private Block vector(String name, int rows) {
    return add(new Block(name, size, rows, 1, true));
  }

  private Block add(Block block) {
    long end = size + (long) block.rows() * block.columns();
    if (end > Integer.MAX_VALUE - 64) {
      throw new IllegalArgumentException(
          "the network has more than 2^31 parameters: block %s (%d, %d) ends at %d"
              .formatted(block.name(), block.rows(), block.columns(), end));
    }
    size = (int) end;
    blocks.add(block);
    return block;
  }

  /** The network that is laid out. */
  public NetworkSpec spec() {
    return spec;
  }

  /** P: the number of parameters. */
  public int size() {
    return size;
  }

  /** D: the number of parameters before those of the tables. */
  public int denseSize() {
    return rows.firstElement();
  }

  /** All blocks in the order of the flat array. */
  public List<Block> blocks() {
    return List.copyOf(blocks);
  }

  /** The blocks of each direction of each recurrent layer, from the input upwards. */
  public List<LayerBlocks> layers() {
    return List.copyOf(layers);
  }

  /** The output's weights (O, H). */
  public Block outWeight() {
    return outWeight;
  }

  /** The output's bias (O). */
  public Block outBias() {
    return outBias;
  }

  /** The input's tables, each (rows, width). */
  public List<Block> tables() {
    return List.copyOf(tables);
  }

  /**
   * The rows of all tables but one that the output is tied to, of which a step has gradients of
   * those that occur.
   */
  public TableRows rows() {
    return rows;
  }

  /**
   * The block that holds an element of the flat array.
   *
   * @param index in [0, P)
   */
  public Block blockAt(int index) {
    for (Block block : blocks) {
      if (index >= block.offset() && index < block.end()) {
        return block;
      }
    }
    throw new IndexOutOfBoundsException("index " + index + " of " + size + " parameters");
  }

  /**
   * The block of that name.
   *
   * @throws IllegalArgumentException if there is none, naming those there are
   */
  public Block block(String name) {
    for (Block block : blocks) {
      if (block.name().equals(name)) {
        return block;
      }
    }
    throw new IllegalArgumentException(
        "no parameter block '%s'; the network has %s"
            .formatted(name, blocks.stream().map(Block::name).toList()));
  }
}
