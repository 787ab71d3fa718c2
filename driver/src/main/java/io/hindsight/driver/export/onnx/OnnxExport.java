package io.hindsight.driver.export.onnx;

import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.export.NewFile;
import io.hindsight.driver.model.StoredModel;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.output.Margins;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model as a graph of ONNX, of the operators of version 17.
 *
 * <p>It reads whole sequences from a zero state, batch first: {@code features} (B, T, F), {@code
 * categories} (B, T, J), {@code statics} (B, S) and {@code static_categories} (B, K), or {@code
 * tokens} (B, T), as far as the network does; and {@code lengths} (B). It answers {@code answers}
 * (B, T, A), or (B, A) at the last step.
 */
public final class OnnxExport {
  /** Options name it so. */
  public static final String OPTION = "--onnx";

  /** Options name the scaling so. */
  public static final String WITH_SCALING = "--with-scaling";

  private static final Logger LOG = LoggerFactory.getLogger(OnnxExport.class);

  /** A message of the format ends below 2 GiB; some of it is no weights. */
  private static final long MOST_BYTES = Integer.MAX_VALUE - (1L << 24);

  private final StoredModel model;
  private final Encoding encoding;
  private final Precision precision;
  private final Optional<AffineScaling> scaling;

  /**
   * An export.
   *
   * @param encoding of the model's data
   * @param withScaling whether the graph reads and answers numbers as the table has them
   * @throws ConfigException if no graph of this kind answers as the model does, with the reason
   */
  public OnnxExport(
      StoredModel model, Encoding encoding, Precision precision, boolean withScaling) {
    this.model = model;
    this.encoding = encoding;
    this.precision = precision;
    requirePossible();
    scaling =
        withScaling
            ? Optional.of(AffineScaling.of(WITH_SCALING, encoding, model.network().output()))
            : Optional.empty();
  }

  private void requirePossible() {
    if (encoding instanceof Encoding.Table table && table.horizon().isRecursive()) {
      throw ConfigException.of(
          OPTION,
          "the model reads its own answers to go on (data.strategy: recursive), which a graph that reads a whole sequence cannot; train with data.strategy: direct, or use predict");
    }
    long parameters = model.parameters().values().length;
    long bytes = parameters * (precision == Precision.FLOAT ? Float.BYTES : Double.BYTES);
    if (bytes > MOST_BYTES) {
      throw ConfigException.of(
          OPTION,
          "the %,d parameters need %,d bytes, and a file of this format holds fewer than 2^31; use --pytorch"
              .formatted(parameters, bytes));
    }
  }

  /**
   * Writes the file.
   *
   * @param name of the model
   * @throws io.hindsight.datasets.DataException if it is there
   */
  public void write(String name, String file) {
    NewFile place = NewFile.of(OPTION, file);
    ProtoMessage message = message(name);
    if (margins().isPresent()) {
      LOG.warn(
          "the margins of its intervals (model.output.conformal) are not in the graph; they are in its metadata, as 'margins'");
    }
    place.write(message::writeTo);
  }

  /** The message of the whole model. */
  ProtoMessage message(String name) {
    NetworkSpec network = model.network();
    Graph graph = new Graph(precision);
    InputGraph input = new InputGraph(graph, network, model.parameters(), scaling);
    String x = input.x();
    String lengths = input.lengths();
    String h = new LayerGraph(graph, network, model.parameters(), lengths).top(x);
    AnswerGraph answers = new AnswerGraph(graph, model.parameters());
    String own = answers.answers(h);
    OutputSpec output = network.output();
    List<?> shape =
        output.at() == At.LAST_STEP
            ? List.of("batch", output.answers())
            : List.of("batch", "steps", output.answers());
    graph.output(
        scaling.map(of -> of.ofAnswers(graph, own)).orElse(own),
        "answers",
        shape,
        answers.words() + scaling.map(AffineScaling::answers).orElse(""));
    String version = model.description().versions().getOrDefault("hindsight", "");
    return OnnxMessages.model(graph.message(name, true), version, metadata());
  }

  private Map<String, String> metadata() {
    SortedMap<String, String> texts = new TreeMap<>();
    texts.put("weights_sha256", model.weightsSha256());
    texts.put("encoding", model.description().encoding().toString());
    margins().ifPresent(margins -> texts.put("margins", margins.values().toString()));
    return texts;
  }

  private Optional<Margins> margins() {
    return model.network().output().options().margins();
  }
}
