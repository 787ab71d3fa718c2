package io.hindsight.driver.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.hindsight.driver.export.onnx.OnnxExport;
import io.hindsight.driver.export.onnx.Precision;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.spark.ml.HindsightFunctions;
import io.hindsight.driver.spark.ml.SequenceEstimator;
import io.hindsight.driver.spark.ml.SequenceModel;
import io.hindsight.driver.spark.session.TestSession;
import java.io.Serializable;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Rows answered in a second on two cores: by the function of SQL, by {@code transform}, and by
 * functions of SQL that ask ONNX Runtime, of the same model and table. Each row holds a sequence;
 * of some rounds, one after the other, the median is told.
 *
 * <p>A program, not a test: {@code SqlFunctionBench SEQUENCES STEPS HIDDEN ROUNDS FOLDER
 * [FUNCTION,...]}. Its class path comes by the environment: where the command line is longer than 4
 * KiB, ONNX Runtime 1.29 ends the process as it is loaded.
 */
public final class SqlFunctionBench {
  private static final String YAML =
      """
      data:
        sequence: id
        inputs: [x]
        targets: [x]
        horizon: 1
        split: {by: id, validation: 0, test: 0}
      model: {cell: lstm, hidden: [HIDDEN], output: {at: last-step}}
      training: {steps: 1, batch: 8, optimizer: {type: adam, learning-rate: 1e-3}}
      """;

  private static final List<String> FUNCTIONS =
      List.of("unanswered", "hindsight", "onnx_float", "onnx_double");

  private final SparkSession spark;
  private final int rounds;
  private final long sequences;

  private SqlFunctionBench(SparkSession spark, long sequences, int rounds) {
    this.spark = spark;
    this.sequences = sequences;
    this.rounds = rounds;
  }

  /** Prints a line for each way. */
  public static void main(String[] arguments) throws Exception {
    long sequences = Long.parseLong(arguments[0]);
    int steps = Integer.parseInt(arguments[1]);
    String folder = arguments[4];
    try (TestSession session = TestSession.open("local[2]", Map.of("spark.ui.enabled", "false"))) {
      SparkSession spark = session.sessions().session();
      spark
          .range(0, sequences, 1, 8)
          .selectExpr("id", "transform(sequence(1, " + steps + "), t -> sin(id * 0.37D + t)) AS x")
          .write()
          .mode("overwrite")
          .parquet(folder + "/series");
      Dataset<Row> series = spark.read().parquet(folder + "/series");
      series.createOrReplaceTempView("series");
      SequenceModel model =
          new SequenceEstimator()
              .setConfig(YAML.replace("HIDDEN", arguments[2]))
              .fit(series.where("id < 16"));
      model.write().overwrite().save(folder + "/stage");
      SqlFunctionBench bench =
          new SqlFunctionBench(spark, sequences, Integer.parseInt(arguments[3]));
      bench.register(model, ModelBundle.load(folder + "/stage/model", Optional.empty(), List.of()));
      Map<String, Dataset<Row>> ways = new LinkedHashMap<>();
      for (String name : arguments.length > 5 ? List.of(arguments[5].split(",")) : FUNCTIONS) {
        ways.put(name, spark.sql("SELECT id, " + name + "(x) AS p FROM series"));
      }
      ways.put("transform", model.transform(series));
      bench.measure(ways);
    }
  }

  private void register(SequenceModel model, ModelBundle bundle) throws Exception {
    spark.udf().register("unanswered", (UDF1<Seq<Double>, Double>) Seq::last, DataTypes.DoubleType);
    HindsightFunctions.register(spark, "hindsight", model);
    for (Precision precision : Precision.values()) {
      Path graph = Files.createTempDirectory("graph").resolve("model.onnx");
      new OnnxExport(bundle.stored(), bundle.encoding(), precision, true)
          .write("bench", graph.toString());
      OnnxFunction function = new OnnxFunction(Files.readAllBytes(graph), precision);
      String name = "onnx_" + precision.name().toLowerCase(Locale.ROOT);
      spark.udf().register(name, (UDF1<Seq<Double>, Double>) function::of, DataTypes.DoubleType);
    }
  }

  private void measure(Map<String, Dataset<Row>> ways) {
    Map<String, double[]> seconds = new LinkedHashMap<>();
    for (int round = -1; round < rounds; round++) {
      for (Map.Entry<String, Dataset<Row>> way : ways.entrySet()) {
        long start = System.nanoTime();
        way.getValue().write().format("noop").mode("overwrite").save();
        double took = (System.nanoTime() - start) / 1e9;
        if (round >= 0) {
          seconds.computeIfAbsent(way.getKey(), name -> new double[rounds])[round] = took;
        }
      }
    }
    seconds.forEach(
        (name, all) -> {
          Arrays.sort(all);
          System.out.printf(Locale.ROOT, "%-12s %9.0f rows/s%n", name, sequences / all[rounds / 2]);
        });
  }

  /** Asks ONNX Runtime for one sequence at a time. */
  private record OnnxFunction(byte[] graph, Precision precision) implements Serializable {
    private static final OrtEnvironment RUNTIME = OrtEnvironment.getEnvironment();
    private static final Map<Precision, OrtSession> SESSIONS = new HashMap<>();

    private OrtSession session() throws OrtException {
      synchronized (SESSIONS) {
        OrtSession session = SESSIONS.get(precision);
        if (session == null) {
          OrtSession.SessionOptions options = new OrtSession.SessionOptions();
          options.setIntraOpNumThreads(1);
          session = RUNTIME.createSession(graph, options);
          SESSIONS.put(precision, session);
        }
        return session;
      }
    }

    double of(Seq<Double> series) throws OrtException {
      OrtSession session = session();
      List<Double> numbers = CollectionConverters.asJava(series);
      long[] lengths = {numbers.size()};
      try (OnnxTensor features = features(numbers);
          OnnxTensor length =
              OnnxTensor.createTensor(RUNTIME, LongBuffer.wrap(lengths), new long[] {1})) {
        Map<String, OnnxTensor> read = new HashMap<>(Map.of("features", features));
        if (session.getInputNames().contains("lengths")) {
          read.put("lengths", length);
        }
        try (OrtSession.Result result = session.run(read)) {
          OnnxTensor answer = (OnnxTensor) result.get(0);
          return precision == Precision.FLOAT
              ? answer.getFloatBuffer().get(0)
              : answer.getDoubleBuffer().get(0);
        }
      }
    }

    private OnnxTensor features(List<Double> numbers) throws OrtException {
      long[] shape = {1, numbers.size(), 1};
      if (precision == Precision.DOUBLE) {
        double[] values = numbers.stream().mapToDouble(each -> each).toArray();
        return OnnxTensor.createTensor(RUNTIME, DoubleBuffer.wrap(values), shape);
      }
      float[] values = new float[numbers.size()];
      for (int t = 0; t < values.length; t++) {
        values[t] = numbers.get(t).floatValue();
      }
      return OnnxTensor.createTensor(RUNTIME, FloatBuffer.wrap(values), shape);
    }
  }
}
