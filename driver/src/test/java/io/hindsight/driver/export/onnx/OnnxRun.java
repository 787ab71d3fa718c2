package io.hindsight.driver.export.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.network.InputSpec;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A graph in ONNX Runtime, and the tensors of a batch of sequences of different lengths. */
final class OnnxRun implements AutoCloseable {
  private static final OrtEnvironment RUNTIME = OrtEnvironment.getEnvironment();

  private final OrtSession session;
  private final InputSpec input;
  private final Precision precision;

  OnnxRun(byte[] graph, InputSpec input, Precision precision) throws OrtException {
    this.input = input;
    this.precision = precision;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      session = RUNTIME.createSession(graph, options);
    }
  }

  /** The names of what the graph reads. */
  List<String> inputs() {
    return List.copyOf(session.getInputNames());
  }

  /** The answers of each sequence: (T, A) with its own T, or (A). */
  List<double[]> answers(List<Sequence> sequences) throws OrtException {
    Map<String, OnnxTensor> tensors = tensors(sequences);
    try (OrtSession.Result result = session.run(tensors)) {
      OnnxTensor answers = (OnnxTensor) result.get(0);
      long[] shape = answers.getInfo().getShape();
      double[] all =
          precision == Precision.FLOAT
              ? doubles(answers.getFloatBuffer())
              : doubles(answers.getDoubleBuffer());
      int width = (int) shape[shape.length - 1];
      int each = all.length / sequences.size();
      List<double[]> own = new ArrayList<>();
      for (int b = 0; b < sequences.size(); b++) {
        int size = shape.length == 2 ? width : sequences.get(b).length() * width;
        own.add(Arrays.copyOfRange(all, b * each, b * each + size));
      }
      return own;
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  private static double[] doubles(FloatBuffer values) {
    double[] doubles = new double[values.remaining()];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = values.get(i);
    }
    return doubles;
  }

  private static double[] doubles(DoubleBuffer values) {
    double[] doubles = new double[values.remaining()];
    values.get(doubles);
    return doubles;
  }

  private Map<String, OnnxTensor> tensors(List<Sequence> sequences) throws OrtException {
    int longest = sequences.stream().mapToInt(Sequence::length).max().orElseThrow();
    Map<String, OnnxTensor> tensors = new HashMap<>();
    for (String name : session.getInputNames()) {
      tensors.put(name, tensor(name, sequences, longest));
    }
    return tensors;
  }

  private OnnxTensor tensor(String name, List<Sequence> sequences, int longest)
      throws OrtException {
    int batch = sequences.size();
    return switch (name) {
      case "lengths" -> {
        long[] lengths = sequences.stream().mapToLong(Sequence::length).toArray();
        yield OnnxTensor.createTensor(RUNTIME, LongBuffer.wrap(lengths), new long[] {batch});
      }
      case "tokens" -> ids(sequences, longest, Sequence::tokens, batch, longest);
      case "categories" ->
          ids(
              sequences,
              longest * input.stepCategories(),
              Sequence::categories,
              batch,
              longest,
              input.stepCategories());
      case "static_categories" ->
          ids(
              sequences,
              input.sequenceCategories(),
              s -> s.statics().categories(),
              batch,
              input.sequenceCategories());
      case "statics" ->
          numbers(sequences, input.statics(), s -> s.statics().features(), batch, input.statics());
      default ->
          numbers(
              sequences,
              longest * input.ownNumbers(),
              Sequence::features,
              batch,
              longest,
              input.ownNumbers());
    };
  }

  /** Behind the end of a sequence stands what must not matter. */
  private static OnnxTensor ids(
      List<Sequence> sequences, int each, Function<Sequence, int[]> of, long... shape)
      throws OrtException {
    long[] ids = new long[sequences.size() * each];
    Arrays.fill(ids, 1);
    for (int b = 0; b < sequences.size(); b++) {
      int[] own = of.apply(sequences.get(b));
      for (int i = 0; i < own.length; i++) {
        ids[b * each + i] = own[i];
      }
    }
    return OnnxTensor.createTensor(RUNTIME, LongBuffer.wrap(ids), shape);
  }

  private OnnxTensor numbers(
      List<Sequence> sequences, int each, Function<Sequence, double[]> of, long... shape)
      throws OrtException {
    double[] numbers = new double[sequences.size() * each];
    Arrays.fill(numbers, 3.25);
    for (int b = 0; b < sequences.size(); b++) {
      double[] own = of.apply(sequences.get(b));
      System.arraycopy(own, 0, numbers, b * each, own.length);
    }
    if (precision == Precision.DOUBLE) {
      return OnnxTensor.createTensor(RUNTIME, DoubleBuffer.wrap(numbers), shape);
    }
    float[] singles = new float[numbers.length];
    for (int i = 0; i < singles.length; i++) {
      singles[i] = (float) numbers[i];
    }
    return OnnxTensor.createTensor(RUNTIME, FloatBuffer.wrap(singles), shape);
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
