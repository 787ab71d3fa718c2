package io.hindsight.driver.config.section;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hindsight.datasets.columns.TargetWeights;
import io.hindsight.datasets.spec.ColumnNames;
import io.hindsight.datasets.spec.DataSpec;
import io.hindsight.datasets.spec.GeneratorSpec;
import io.hindsight.datasets.spec.Scale;
import io.hindsight.datasets.spec.ScalingSpec;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.TableLocation;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.datasets.spec.TargetSpec;
import io.hindsight.driver.config.BpttConfig;
import io.hindsight.driver.config.BpttConfig.Curriculum;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.EngineKind;
import io.hindsight.driver.config.GateConfig;
import io.hindsight.driver.config.HooksConfig;
import io.hindsight.driver.config.ModelConfig;
import io.hindsight.driver.config.OnNonFinite;
import io.hindsight.driver.config.OutputConfig;
import io.hindsight.driver.config.ReduceKind;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.TrainingConfig;
import io.hindsight.driver.config.TrainingConfig.CheckpointConfig;
import io.hindsight.driver.config.TrainingConfig.EarlyStoppingConfig;
import io.hindsight.driver.config.TrainingConfig.Execution;
import io.hindsight.driver.config.TrainingConfig.Length;
import io.hindsight.driver.config.TrainingConfig.Minibatch;
import io.hindsight.driver.config.TrainingConfig.Update;
import io.hindsight.driver.config.TrainingConfig.ValidationConfig;
import io.hindsight.driver.optim.GradientClipper;
import io.hindsight.driver.optim.LearningRate;
import io.hindsight.driver.optim.OptimizerSpec;
import io.hindsight.driver.optim.Reach;
import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.network.Activation;
import io.hindsight.kernels.network.InitialKind;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.RecurrentSpec;
import io.hindsight.kernels.network.RnnCell;
import io.hindsight.kernels.network.output.LossOptions;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {
  /** The example of the configuration reference, with every key that has a use in this version. */
  private static final String FULL =
      """
      name: co2
      seed: 42
      data:
        format: csv                      # any Spark SQL source
        path: datasets/data/co2.csv
        options: {header: true}
        sequence: station
        time: month
        inputs: [ppm]
        targets: [ppm]
        target-kind: value
        horizon: 1
        scale: standardize
        split: {by: time, validation: 0.1, test: 0.1}
      model:
        cell: lstm
        hidden: [64, 64]
        bidirectional: false
        dropout: 0.0
        output: {activation: identity, at: every-step, loss: squared-error}
      training:
        epochs: 30
        batch: 32
        shards: auto
        engine: auto
        tasks: 0
        reduce: auto
        bptt: {window: 48, stride: 48, carry-state: true, curriculum: {from: 1, over-steps: 1000}}
        optimizer: {type: adam, learning-rate: 2.0e-3}
        schedule: {type: cosine, warmup-steps: 100}
        clip: {norm: 1.0}
        on-non-finite: fail
        validate-every: 100
        early-stopping: {patience: 5}
        checkpoint: {every-steps: 500, keep: 3}
      """;

  private static final String MINIMAL =
      """
      data: {format: csv, path: x.csv, inputs: [x], targets: [x]}
      model: {cell: rnn, hidden: [8]}
      training: {epochs: 1, optimizer: {type: sgd, learning-rate: 1e-2}}
      """;

  private static RunConfig read(String yaml, String... overrides) {
    return ConfigReader.read(yaml, "conf/test.yaml", List.of(overrides));
  }

  @Test
  void shouldReadTheWholeContract() {
    DataSpec data =
        new TableSpec(
            new TableLocation(
                "csv", Optional.of("datasets/data/co2.csv"), Map.of("header", "true")),
            new ColumnNames(List.of("station"), List.of("month"), List.of("ppm"), List.of("ppm")),
            new TargetSpec(TargetKind.VALUE, 1),
            new ScalingSpec(Scale.STANDARDIZE, false),
            new Split(Split.By.TIME, 0.1, 0.1));
    ModelConfig model =
        new ModelConfig(
            NetworkSpec.plainLayers(new LstmCell(), List.of(64, 64)),
            Loss.SQUARED_ERROR,
            At.EVERY_STEP,
            new ModelConfig.InitialWeights(InitialKind.UNIFORM, Double.NaN),
            Optional.empty(),
            LossOptions.NONE);
    TrainingConfig training =
        new TrainingConfig(
            new Length(OptionalInt.of(30), OptionalLong.empty()),
            Optional.empty(),
            new Minibatch(32, OptionalInt.empty()),
            new Execution(EngineKind.AUTO, 0, ReduceKind.AUTO, 0),
            new BpttConfig(OptionalInt.of(48), 48, true, Optional.of(new Curriculum(1, 1000))),
            new Update(
                new GradientClipper.ByNorm(1),
                Backpropagation.NO_LIMIT,
                new OptimizerSpec.Adam(0.9, 0.999, 1e-8, false, 0, false),
                Reach.DEFAULT,
                new LearningRate(2e-3, 100, new LearningRate.Cosine(0, 0)),
                OnNonFinite.DEFAULT),
            new ValidationConfig(OptionalInt.of(100), Optional.of(new EarlyStoppingConfig(5, 0))),
            Optional.of(new CheckpointConfig(500, 3)),
            TargetWeights.NONE,
            List.of());
    GateConfig gate =
        new GateConfig(
            GateConfig.Data.DEFAULT,
            new GateConfig.Model(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                4,
                0.01,
                0.05,
                0.99,
                Optional.empty(),
                Optional.empty()));
    RunConfig expected =
        new RunConfig(
            "co2",
            42,
            data,
            Optional.empty(),
            model,
            training,
            OutputConfig.DEFAULT,
            gate,
            HooksConfig.NONE);
    assertEquals(expected, read(FULL));
  }

  @ParameterizedTest
  @CsvSource({"sliced, SPARK_JOBS", "driver, AUTO", "auto, AUTO"})
  void shouldTakeTheEngineThatTheReductionNeeds(String reduce, EngineKind engine) {
    RunConfig config = read(MINIMAL, "training.reduce=" + reduce);
    assertEquals(engine, config.training().execution().engine());
  }

  @Test
  void shouldFillInTheDefaults() {
    RunConfig config = read(MINIMAL);
    assertEquals("test", config.name());
    assertEquals(42, config.seed());
    assertEquals("runs", config.output().directory());
    assertEquals(32, config.training().minibatch().batch());
    assertEquals(OptionalInt.empty(), config.training().minibatch().shards());
    assertEquals(new GradientClipper.None(), config.training().update().clip());
    assertEquals(
        new BpttConfig(OptionalInt.empty(), 0, false, Optional.empty()), config.training().bptt());
    assertEquals(
        new LearningRate(0.01, 0, new LearningRate.Constant()),
        config.training().update().learningRate());
    assertEquals(new OptimizerSpec.Sgd(0, 0, false, 0), config.training().update().optimizer());
    assertEquals(
        List.of(RecurrentSpec.plain(new RnnCell(Activation.TANH), 8)), config.model().layers());
    assertEquals(Loss.SQUARED_ERROR, config.model().loss());
    TableSpec data = (TableSpec) config.data();
    assertEquals(TargetKind.VALUE, data.target().kind());
    assertEquals(1, data.target().horizon().steps());
    assertEquals(Scale.STANDARDIZE, data.scaling().scale());
    assertEquals(new Split(Split.By.ID, 0.1, 0.1).validation(), data.split().validation());
  }

  @ParameterizedTest
  @CsvSource({
    "sgd, 'Sgd[momentum=0.0, dampening=0.0, nesterov=false, weightDecay=0.0]'",
    "rmsprop, 'RmsProp[alpha=0.99, epsilon=1.0E-8, centered=false, momentum=0.0, weightDecay=0.0]'",
    "adagrad, 'AdaGrad[learningRateDecay=0.0, initialAccumulator=0.0, epsilon=1.0E-10,"
        + " weightDecay=0.0]'",
    "adam, 'Adam[beta1=0.9, beta2=0.999, epsilon=1.0E-8, amsgrad=false, weightDecay=0.0,"
        + " decoupled=false]'",
    "adamw, 'Adam[beta1=0.9, beta2=0.999, epsilon=1.0E-8, amsgrad=false, weightDecay=0.01,"
        + " decoupled=true]'",
  })
  void shouldDefaultToTheConstantsOfPyTorch(String type, String expected) {
    RunConfig config = read(MINIMAL, "training.optimizer.type=" + type);
    assertEquals(expected, config.training().update().optimizer().toString());
  }

  @ParameterizedTest
  @CsvSource({
    "1e-2, 0.01",
    "2.0e-3, 0.002",
    "1E-2, 0.01",
    ".5, 0.5",
    "1., 1",
    "+1e+1, 10",
    "3, 3",
    "1e0, 1"
  })
  void shouldReadNumbersInEverySpelling(String spelling, double value) {
    RunConfig config = read(MINIMAL, "training.optimizer.learning-rate=" + spelling);
    assertEquals(value, config.training().update().learningRate().base());
  }

  @ParameterizedTest
  @CsvSource({
    "class, SOFTMAX_CROSS_ENTROPY, 0",
    "multilabel, BINARY_CROSS_ENTROPY, 0",
    "ordered, CUMULATIVE_LOGITS, 0",
    "value, SQUARED_ERROR, 1"
  })
  void shouldDeriveTheLossFromTheTargets(String kind, Loss loss, int horizon) {
    RunConfig config = read(MINIMAL, "data.target-kind=" + kind);
    assertEquals(loss, config.model().loss());
    assertEquals(horizon, ((TableSpec) config.data()).target().horizon().steps());
  }

  @ParameterizedTest
  @CsvSource({
    "activation=softmax, CLASS",
    "activation=sigmoid, MULTILABEL",
    "activation=cumulative-sigmoid, ORDERED",
    "loss=cumulative-logits, ORDERED",
    "activation=identity, VALUE",
    "loss=cross-entropy, CLASS",
    "loss=binary-cross-entropy, MULTILABEL"
  })
  void shouldDeriveTheTargetsFromTheOutput(String output, TargetKind kind) {
    RunConfig config = read(MINIMAL, "model.output." + output);
    assertEquals(kind, ((TableSpec) config.data()).target().kind());
  }

  @ParameterizedTest
  @CsvSource({
    "adding, SQUARED_ERROR, LAST_STEP, 0",
    "copy, SOFTMAX_CROSS_ENTROPY, EVERY_STEP, 0",
    "parity, SOFTMAX_CROSS_ENTROPY, EVERY_STEP, 0",
    "temporal-order, SOFTMAX_CROSS_ENTROPY, LAST_STEP, 0",
    "sine, SQUARED_ERROR, EVERY_STEP, 1",
    "mackey-glass, SQUARED_ERROR, EVERY_STEP, 6"
  })
  void shouldLetTheGeneratorDecide(String task, Loss loss, At at, int horizon) {
    RunConfig config =
        read(MINIMAL, "data={format: generator, length: 20, sequences: 9, name: " + task + "}");
    assertEquals(loss, config.model().loss());
    assertEquals(at, config.model().at());
    assertEquals(
        new GeneratorSpec(task, 20, 9, 10, horizon, new Split(Split.By.ID, 0.1, 0.1)),
        config.data());
  }

  @Test
  void shouldPutOverridesOnTopOfTheFile() {
    RunConfig config =
        read(
            FULL,
            "training.batch=64",
            "training.batch=16",
            "training.epochs=null",
            "training.steps=7",
            "training.schedule=null",
            "data.options.sep=;",
            "output.directory=elsewhere",
            "data.path=s3a://bucket/co2.csv");
    assertEquals(16, config.training().minibatch().batch());
    assertEquals(OptionalInt.empty(), config.training().length().epochs());
    assertEquals(OptionalLong.of(7), config.training().length().steps());
    assertEquals("elsewhere", config.output().directory());
    TableSpec data = (TableSpec) config.data();
    assertEquals(Map.of("header", "true", "sep", ";"), data.location().options());
    assertEquals(Optional.of("s3a://bucket/co2.csv"), data.location().path());
  }

  @Test
  void shouldReadAnchorsAndAliases() {
    RunConfig config =
        read(MINIMAL.replace("inputs: [x], targets: [x]", "inputs: &c [x, y], targets: *c"));
    assertEquals(List.of("x", "y"), ((TableSpec) config.data()).names().targets());
  }

  @Test
  void shouldAcceptSharesAndCounts() {
    RunConfig config = read(MINIMAL, "data.split={validation: 48, test: 0.25}");
    assertEquals(48, config.data().split().validation());
    assertEquals(0.25, config.data().split().test());
  }

  /** The parser reads 1,025 units at a time, if left to itself. */
  @Test
  void shouldReadCharactersBeyondTheBasicPlaneAtAnyPlace() {
    RunConfig plain = read(MINIMAL, "data.path=😀");
    for (int before = 0; before < 2100; before++) {
      String comment = "#" + "x".repeat(before) + "😀😀\n";
      assertEquals(plain, read(comment + MINIMAL, "data.path=😀"), before + " before");
      assertEquals(plain, read(MINIMAL, "data.path=😀 " + comment), before + " before");
    }
    for (String start : List.of("", "a")) {
      String path = start + "😀".repeat(3000);
      RunConfig config = read(MINIMAL, "data.path=" + path);
      assertEquals(Optional.of(path), ((TableSpec) config.data()).location().path());
    }
  }

  @Test
  void shouldReadFilesWithByteOrderMarkAndWindowsLines(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("my run.yaml");
    Files.writeString(file, "\uFEFF" + FULL.replace("name: co2\n", "").replace("\n", "\r\n"));
    RunConfig config = ConfigReader.read(file, List.of());
    assertEquals("my-run", config.name());
    assertEquals(read(FULL, "name=my-run"), config);
  }

  @Test
  void shouldNotExpandAliasesOfAliases() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 30; i++) {
      String item = "*a" + (i - 1);
      bomb.append("a%d: &a%d [%s, %s, %s]\n".formatted(i, i, item, item, item));
    }
    ConfigException e = assertThrows(ConfigException.class, () -> read(bomb + MINIMAL));
    assertEquals(30, e.problems().size());
  }

  @Test
  void shouldRefuseFilesThatCannotBeRead(@TempDir Path folder) throws Exception {
    Path missing = folder.resolve("none.yaml");
    assertProblem(missing, missing + ": file not found; check the path");
    assertProblem(
        folder, folder + ": this is a directory, not a file; name the YAML file inside it");
    Path latin = folder.resolve("latin.yaml");
    Files.write(latin, "seed: 1\nname: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    assertProblem(
        latin,
        latin
            + ":2:10: the file is not UTF-8 text: byte 0xE9 at offset 17; save it in the encoding"
            + " UTF-8");
    for (String charset : List.of("x-UTF-16LE-BOM", "UTF-16LE", "X-UTF-32BE-BOM")) {
      Path wide = folder.resolve(charset + ".yaml");
      Files.write(wide, "seed: 1\nname: caf\u00e9\n".getBytes(Charset.forName(charset)));
      String name = charset.replaceAll("^[xX]-|[BL]E-BOM$", "");
      assertProblem(
          wide,
          wide + ": the file is %s text, not UTF-8; save it in the encoding UTF-8".formatted(name));
    }
    Path cut = folder.resolve("cut.yaml");
    Files.write(cut, new byte[] {'a', ':', ' ', (byte) 0xC3});
    assertProblem(
        cut,
        cut
            + ":1:4: the file is not UTF-8 text: byte 0xC3 at offset 3; save it in the encoding UTF-8");
    Path large = folder.resolve("large.yaml");
    Files.write(large, new byte[2_000_000]);
    assertProblem(
        large,
        large
            + ": the file has 2000000 bytes, the limit is 1048576; check that it is a configuration"
            + " and not data");
  }

  private static void assertProblem(Path file, String expected) {
    ConfigException e =
        assertThrows(ConfigException.class, () -> ConfigReader.read(file, List.of()));
    assertEquals(expected, e.getMessage());
    assertEquals(1, e.problems().size());
  }

  @Test
  void shouldReportAllProblemsAtOnceInTheOrderOfTheirPlaces() {
    String yaml =
        """
        nam: co2
        data:
          format: csv
          inputs: [ppm]
          targets: ppm
          split: {by: row}
        model:
          cell: lstn
          hidden: [64, 0]
          dropout: 1.5
        training:
          epochs: 3
          steps: 100
          batch: "32"
          optimiser: {type: adam}
          clip: {norm: -1}
        """;
    ConfigException e =
        assertThrows(ConfigException.class, () -> read(yaml, "training.tasks=-1", "x=1"));
    assertEquals(
        """
        conf/test.yaml:1:1: nam: unknown key; did you mean 'name'?
        conf/test.yaml:2:1: data.path: required, but missing; name a file, folder or glob, for \
        example with --set data.path=FILE
        conf/test.yaml:5:12: data.targets: found the text 'ppm' in place of a list; write it in \
        brackets: [ppm]
        conf/test.yaml:6:15: data.split.by: unknown value 'row'; use one of time, id, date, column
        conf/test.yaml:8:9: model.cell: unknown value 'lstn'; did you mean 'lstm'?
        conf/test.yaml:9:16: model.hidden: 0 is out of range; use a whole number that is at least \
        1 and at most 65536
        conf/test.yaml:10:12: model.dropout: 1.5 is out of range; use a number that is at least 0 \
        and less than 1
        conf/test.yaml:13:10: training.steps: epochs and steps exclude each other; delete one, on \
        the command line with --set training.epochs=null
        conf/test.yaml:14:10: training.batch: found the text '32' in place of a whole number; \
        write 32
        conf/test.yaml:15:3: training.optimiser: unknown key; did you mean 'optimizer'?
        conf/test.yaml:16:16: training.clip.norm: -1 is out of range; use a number that is \
        greater than 0
        --set training.tasks=-1: training.tasks: -1 is out of range; use a whole number that is \
        at least 0
        --set x=1: x: unknown key; keys allowed here: name, seed, data, model, training, output, \
        gate, on
        """
            .strip(),
        e.getMessage());
    assertEquals(13, e.problems().size());
  }
}
