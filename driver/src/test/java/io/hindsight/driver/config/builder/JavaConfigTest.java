package io.hindsight.driver.config.builder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.hindsight.datasets.calendar.CalendarField;
import io.hindsight.datasets.columns.MissingRule;
import io.hindsight.datasets.grid.Duplicates;
import io.hindsight.datasets.grid.Gaps;
import io.hindsight.datasets.spec.Horizon;
import io.hindsight.datasets.spec.Scale;
import io.hindsight.datasets.spec.ScaleBy;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.datasets.spec.Unknown;
import io.hindsight.driver.config.EngineKind;
import io.hindsight.driver.config.GateConfig.Baseline;
import io.hindsight.driver.config.GateConfig.Metric;
import io.hindsight.driver.config.ReduceKind;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.TrainingConfig.StartEncoding;
import io.hindsight.driver.config.section.ConfigReader;
import io.hindsight.driver.config.section.ResolvedConfig;
import io.hindsight.driver.optim.Reach.Decay;
import io.hindsight.kernels.network.Activation;
import io.hindsight.kernels.network.DropoutSpec;
import io.hindsight.kernels.network.GruCell;
import io.hindsight.kernels.network.InitialKind;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.RecurrentSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A configuration made in Java is the one that the same keys in YAML make. */
class JavaConfigTest {
  static final String DATA = "{format: csv, path: x.csv, inputs: [x], targets: [x]}";
  static final String MODEL = "{cell: lstm, hidden: [8]}";
  static final String TRAINING = "{epochs: 1, optimizer: {type: sgd, learning-rate: 1e-2}}";

  static RunConfig read(String data, String model, String training) {
    String yaml = "name: x\ndata: %s\nmodel: %s\ntraining: %s\n".formatted(data, model, training);
    return ConfigReader.read(yaml, "conf/x.yaml", List.of());
  }

  static DataBuilder table() {
    return DataBuilder.table("csv").path("x.csv").inputs("x").targets("x");
  }

  static TrainingBuilder training() {
    return new TrainingBuilder().epochs(1).optimizer(OptimizerBuilder.sgd(1e-2));
  }

  static RunConfigBuilder run() {
    return RunConfigBuilder.named("x")
        .data(table())
        .model(ModelBuilder.lstm(8))
        .training(training());
  }

  private static void assertSame(RunConfig inYaml, RunConfig inJava) {
    assertEquals(inYaml, inJava);
    String resolved = ResolvedConfig.toYaml(inJava);
    assertEquals(ResolvedConfig.toYaml(inYaml), resolved);
    assertEquals(inJava, ConfigReader.read(resolved, "config.yaml", List.of()), resolved);
  }

  @Test
  void shouldFillInTheSameDefaults() {
    assertSame(read(DATA, MODEL, TRAINING), run().build());
  }

  static Stream<Arguments> data() {
    return Stream.of(
        Arguments.of("{format: text, path: a.txt}", DataBuilder.text("a.txt")),
        Arguments.of(
            "{format: text, path: a.txt, unknown: skip, split: {validation: 0.2, test: 500}}",
            DataBuilder.text("a.txt").unknown(Unknown.SKIP).validation(0.2).test(500)),
        Arguments.of(
            "{format: text, path: a.txt, unknown: token, rare: 5}",
            DataBuilder.text("a.txt").unknown(Unknown.TOKEN).rare(5)),
        Arguments.of(
            "{format: csv, path: x.csv, time: t, inputs: [x], targets: [x], categories: [c, r],"
                + " static: [r, s], rare: 3}",
            table().time("t").categories("c", "r").statics("r", "s").rare(3)),
        Arguments.of(
            "{format: csv, path: x.csv, time: t, inputs: [x], targets: [x], scale: mean,"
                + " scale-by: sequence}",
            table().time("t").inputs("x").scale(Scale.MEAN).scaleBy(ScaleBy.SEQUENCE)),
        Arguments.of(
            "{format: csv, path: x.csv, time: t, inputs: [x], targets: [x], scale-by: window,"
                + " scale-window: 28}",
            table().time("t").inputs("x").scaleBy(ScaleBy.SEQUENCE).scaleBy(ScaleBy.window(28))),
        Arguments.of(
            "{format: csv, path: x.csv, time: t, inputs: [x], targets: [x], horizon: 9, strategy:"
                + " recursive}",
            DataBuilder.table("csv")
                .path("x.csv")
                .time("t")
                .inputs("x")
                .targets("x")
                .horizon(new Horizon(9, Horizon.Strategy.RECURSIVE))),
        Arguments.of(
            "{format: csv, path: x.csv, time: t, inputs: [x], targets: [x],"
                + " target-transform: log1p}",
            table().time("t").inputs("x").logarithmOfTargets()),
        Arguments.of(
            "{format: csv, path: x.csv, time: t, inputs: [x], targets: [x],"
                + " target-transform: {box-cox: 0.25}}",
            table().time("t").inputs("x").boxCoxOfTargets(0.25)),
        Arguments.of(
            "{format: csv, path: x.csv, time: t, inputs: [x], targets: [x], missing: last,"
                + " missing-targets: skip}",
            table().time("t").inputs("x").missing(MissingRule.LAST).missingTargets(true)),
        Arguments.of(
            "{format: csv, path: x.csv, time: t, inputs: [x], targets: [x],"
                + " missing: {x: zero, other: mean}}",
            table()
                .time("t")
                .inputs("x")
                .missing("x", MissingRule.ZERO)
                .missing("other", MissingRule.MEAN)),
        Arguments.of(
            "{format: csv, path: x.csv, time: t, inputs: [x], targets: [x], duplicates: mean,"
                + " frequency: business-day, gaps: allow, elapsed: true,"
                + " calendar: [day-of-month, holiday], holidays: days.txt}",
            table()
                .time("t")
                .duplicates(Duplicates.MEAN)
                .frequency("business-day")
                .gaps(Gaps.ALLOW)
                .elapsed(true)
                .calendar(CalendarField.DAY_OF_MONTH, CalendarField.HOLIDAY)
                .holidays("days.txt")),
        Arguments.of(
            "{format: generator, name: copy, length: 9, sequences: 7, symbols: 3}",
            DataBuilder.generator("copy", 7).length(9).symbols(3)),
        Arguments.of(
            "{format: generator, name: embedded-reber, sequences: 7}",
            DataBuilder.generator("embedded-reber", 7)),
        Arguments.of(
            "{format: generator, name: sine, length: 9, sequences: 7, horizon: 2}",
            DataBuilder.generator("sine", 7).length(9).horizon(2)),
        Arguments.of(
            "{format: csv, path: x, options: {header: true, sep: ';'}, decimal: ',', sequence: [a,"
                + " b], time: [y, m], inputs: [p, 'true'], targets: [q], horizon: 3, scale: log,"
                + " difference: true, season: 12, min-length: 5, store: 'hdfs://h/d', split: {by:"
                + " id, validation: 48, test: 0}}",
            DataBuilder.table("csv")
                .path("x")
                .option("header", "true")
                .option("sep", ";")
                .decimal(',')
                .sequence("a", "b")
                .time("y", "m")
                .inputs("p", "true")
                .targets("q")
                .horizon(3)
                .scale(Scale.LOG)
                .difference(true)
                .season(12)
                .minLength(5)
                .store("hdfs://h/d")
                .splitBy(Split.By.ID)
                .validation(48)
                .test(0)),
        Arguments.of(
            "{format: csv, path: x.csv, time: t, inputs: [x], targets: [x],"
                + " window: {from: 2026-01-01T00:00:00Z, to: 2026-02-01T00:00:00Z}}",
            table()
                .time("t")
                .window(
                    Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-02-01T00:00:00Z"))),
        Arguments.of(
            "{format: csv, path: x.csv, time: t, inputs: [x], targets: [x],"
                + " window: {length: P180D, lag: PT6H, zone: Europe/Berlin}}",
            table().time("t").retrainWindow("P180D", "PT6H").zone(ZoneId.of("Europe/Berlin"))),
        Arguments.of(
            "{format: csv, path: x.csv, time: t, inputs: [x], targets: [x], split: {by: date,"
                + " validation-from: 2026-01-01T00:00:00Z, test-from: 2026-02-01T00:00:00Z, embargo: 3}}",
            table()
                .time("t")
                .splitBy(Split.By.DATE)
                .embargo(3)
                .validationFrom(Instant.parse("2026-01-01T00:00:00Z"))
                .testFrom(Instant.parse("2026-02-01T00:00:00Z"))),
        Arguments.of(
            "{format: csv, path: x.csv, inputs: [x], targets: [x], split: {by: column, column: p,"
                + " validation-value: true, test-value: 2}}",
            table()
                .splitBy(Split.By.COLUMN)
                .splitColumn("p")
                .validationValue("true")
                .testValue("2")),
        Arguments.of(
            "{format: csv, path: x.csv, time: t, inputs: [x], targets: [x], split: {embargo: 7d}}",
            table().time("t").embargo("7d")),
        Arguments.of(
            "{format: jdbc, options: {url: 'jdbc:h2:mem'}, inputs: [a], targets: [b],"
                + " target-kind: class, unknown: skip}",
            DataBuilder.table("jdbc")
                .option("url", "jdbc:h2:mem")
                .inputs("a")
                .targets("b")
                .targetKind(TargetKind.CLASS)
                .unknown(Unknown.SKIP)),
        Arguments.of(
            "{format: csv, path: x.csv, inputs: [a], targets: [b], target-kind: ordered,"
                + " order: [low, high, '3']}",
            DataBuilder.table("csv")
                .path("x.csv")
                .inputs("a")
                .targets("b")
                .targetKind(TargetKind.ORDERED)
                .order("low", "high", "3")));
  }

  @ParameterizedTest
  @MethodSource("data")
  void shouldMakeTheSameData(String yaml, DataBuilder data) {
    String windows = TRAINING.replace("epochs", "bptt: {window: 5}, epochs");
    assertSame(read(yaml, MODEL, windows), run().data(data).training(training().window(5)).build());
  }

  @Test
  void shouldMakeTheSameEmbedding() {
    String yaml = "{format: csv, path: x.csv, inputs: [x], targets: [x], categories: [c]}";
    assertSame(
        read(yaml, "{cell: lstm, hidden: [8], embedding: 5}", TRAINING),
        run().data(table().categories("c")).model(ModelBuilder.lstm(8).embedding(5)).build());
    assertSame(
        read(yaml, "{cell: lstm, hidden: [8], embedding: auto}", TRAINING),
        run().data(table().categories("c")).build());
    assertSame(
        read(
            "{format: text, path: a.txt}",
            "{cell: lstm, hidden: [8], embedding: 5}",
            TRAINING.replace("epochs", "bptt: {window: 5}, epochs")),
        run()
            .data(DataBuilder.text("a.txt"))
            .model(ModelBuilder.lstm(8).embedding(5))
            .training(training().window(5))
            .build());
  }

  @Test
  void shouldWeighTheSameStepsAhead() {
    String data =
        "{format: csv, path: x.csv, inputs: [x], targets: [x, y], horizon: 3, strategy: direct}";
    RunConfig inYaml =
        read(data, MODEL, TRAINING.replace("epochs", "horizon-weights: [2, 0.5, 0], epochs"));
    DataBuilder table = table().targets("x", "y").horizon(new Horizon(3, Horizon.Strategy.DIRECT));
    assertSame(inYaml, run().data(table).training(training().horizonWeights(2, 0.5, 0)).build());
    assertEquals(List.of(2., 2., 0.5, 0.5, 0., 0.), inYaml.model().options().elementWeights());
  }

  static Stream<Arguments> models() {
    return Stream.of(
        Arguments.of(
            "{cell: rnn, hidden: [3, 2], activation: sigmoid, output: {at: last-step},"
                + " initial: {type: orthogonal}}",
            ModelBuilder.rnn(3, 2)
                .activation(Activation.SIGMOID)
                .outputAt(At.LAST_STEP)
                .initialType(InitialKind.ORTHOGONAL)),
        Arguments.of("{cell: gru, hidden: [4]}", ModelBuilder.gru(4)),
        Arguments.of(
            "{cell: gru, hidden: [4], bidirectional: true, output: {at: last-step}}",
            ModelBuilder.gru(4).bidirectional(true).outputAt(At.LAST_STEP)),
        Arguments.of(
            "{cell: lstm, hidden: [4, 3], dropout: 0.2, input-dropout: 0.1, recurrent-dropout: 0.3,"
                + " zoneout: 0.1, zoneout-cell: 0.05}",
            ModelBuilder.lstm(4, 3)
                .dropout(0.2)
                .inputDropout(0.1)
                .recurrentDropout(0.3)
                .zoneout(0.1)
                .zoneoutCell(0.05)),
        Arguments.of(
            "{cell: lstm, hidden: [4, 3], layer-norm: true}",
            ModelBuilder.lstm(4, 3).layerNorm(true)),
        Arguments.of(
            "{cell: gru, hidden: [4, 4, 3], residual: true}",
            ModelBuilder.gru(4, 4, 3).residual(true)),
        Arguments.of(
            "{layers: [{cell: gru, hidden: 4}, {dropout: 0.2}, {cell: lstm, hidden: 3}]}",
            ModelBuilder.layers(
                RecurrentSpec.plain(new GruCell(), 4),
                new DropoutSpec(0.2, false),
                RecurrentSpec.plain(new LstmCell(), 3))),
        Arguments.of(
            "{cell: lstm, hidden: [4], output: {loss: cross-entropy}, initial: {forget-bias: 1}}",
            ModelBuilder.lstm(4).loss(Loss.SOFTMAX_CROSS_ENTROPY).initialForgetBias(1)),
        Arguments.of(
            "{cell: gru, hidden: [4], output: {loss: cross-entropy, label-smoothing: 0.1}}",
            ModelBuilder.gru(4).loss(Loss.SOFTMAX_CROSS_ENTROPY).labelSmoothing(0.1)),
        Arguments.of(
            "{cell: gru, hidden: [4], output: {loss: cross-entropy, focal: 0.5}}",
            ModelBuilder.gru(4).loss(Loss.SOFTMAX_CROSS_ENTROPY).focal(0.5)),
        Arguments.of(
            "{cell: lstm, hidden: [4], output: {loss: ctc}}", ModelBuilder.lstm(4).loss(Loss.CTC)),
        Arguments.of(
            "{cell: lstm, hidden: [4], output: {loss: cumulative-logits}}",
            ModelBuilder.lstm(4).loss(Loss.CUMULATIVE_LOGITS)),
        Arguments.of(
            "{cell: lstm, hidden: [4], output: {conformal: true, intervals: [0.05, 0.95]}}",
            ModelBuilder.lstm(4).conformal().intervals(0.05, 0.95)),
        Arguments.of(
            "{cell: lstm, hidden: [4], output: {conformal: true, quantiles: [0.2, 0.5, 0.8]}}",
            ModelBuilder.lstm(4).quantiles(0.2, 0.5, 0.8).conformal()));
  }

  @ParameterizedTest
  @MethodSource("models")
  void shouldMakeTheSameModel(String yaml, ModelBuilder model) {
    assertSame(read(DATA, yaml, TRAINING), run().model(model).build());
  }

  static Stream<Arguments> optimizers() {
    return Stream.of(
        Arguments.of(
            "{type: sgd, learning-rate: 1, momentum: 0.9, nesterov: true, weight-decay: 1e-4}",
            OptimizerBuilder.sgd(1).momentum(0.9).nesterov(true).weightDecay(1e-4)),
        Arguments.of(
            "{type: sgd, learning-rate: 1, momentum: 0.9, dampening: 0.5}",
            OptimizerBuilder.sgd(1).momentum(0.9).dampening(0.5)),
        Arguments.of("{type: rmsprop, learning-rate: 1e-300}", OptimizerBuilder.rmsProp(1e-300)),
        Arguments.of(
            "{type: rmsprop, learning-rate: 3.3333333333333335e-5, alpha: 0.9, centered: true}",
            OptimizerBuilder.rmsProp(3.3333333333333335e-5).alpha(0.9).centered(true)),
        Arguments.of(
            "{type: adagrad, learning-rate: 0.1, learning-rate-decay: 0.2,"
                + " initial-accumulator: 0.3}",
            OptimizerBuilder.adaGrad(0.1).learningRateDecay(0.2).initialAccumulator(0.3)),
        Arguments.of(
            "{type: adam, learning-rate: 1e-3, beta1: 0.8, beta2: 0.99, amsgrad: true,"
                + " epsilon: 1e-7}",
            OptimizerBuilder.adam(1e-3).beta1(0.8).beta2(0.99).amsgrad(true).epsilon(1e-7)),
        Arguments.of("{type: adamw, learning-rate: 1e-3}", OptimizerBuilder.adamW(1e-3)),
        Arguments.of(
            "{type: adamw, learning-rate: 1e-3, decay: matrices, sparse: true}",
            OptimizerBuilder.adamW(1e-3).decay(Decay.MATRICES).sparse(true)));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void shouldMakeTheSameOptimizer(String yaml, OptimizerBuilder optimizer) {
    String training = "{epochs: 1, optimizer: " + yaml + "}";
    assertSame(
        read(DATA, MODEL, training), run().training(training().optimizer(optimizer)).build());
  }

  static Stream<Arguments> trainings() {
    return Stream.of(
        Arguments.of("shards: auto, tasks: 0", training()),
        Arguments.of("start-from: runs/a/model", training().startFrom("runs/a/model")),
        Arguments.of(
            "start-from: 'hdfs://h/registry', encoding: refit",
            training().startFrom("hdfs://h/registry").encoding(StartEncoding.REFIT)),
        Arguments.of(
            "batch: 64, shards: 4, engine: local, tasks: 3",
            training().batch(64).shards(4).engine(EngineKind.LOCAL).tasks(3)),
        Arguments.of("reduce: sliced", training().reduce(ReduceKind.SLICED)),
        Arguments.of(
            "bptt: {window: 9, stride: 3, curriculum: {from: 2, over-steps: 7}}",
            training().window(9).stride(3).curriculum(2, 7)),
        Arguments.of("bptt: {window: 9, carry-state: true}", training().window(9).carryState(true)),
        Arguments.of(
            "bptt: {window: 9, stride: 4, carry-state: true}",
            training().window(9).stride(4).carryState(true)),
        Arguments.of(
            "schedule: {type: constant, warmup-steps: 3}",
            training().schedule(ScheduleBuilder.constant().warmupSteps(3))),
        Arguments.of(
            "schedule: {type: step, step-size: 10}", training().schedule(ScheduleBuilder.step(10))),
        Arguments.of(
            "schedule: {type: exponential, gamma: 0.999}",
            training().schedule(ScheduleBuilder.exponential(0.999))),
        Arguments.of(
            "schedule: {type: cosine, steps: 50, minimum: 1e-5}",
            training().schedule(ScheduleBuilder.cosine().steps(50).minimum(1e-5))),
        Arguments.of("clip: {norm: 0.5}", training().clipNorm(0.5)),
        Arguments.of("clip: {value: 0.1}", training().clipNorm(0.5).clipValue(0.1)),
        Arguments.of("clip: {delta-norm: 2}", training().clipDeltaNorm(2)),
        Arguments.of(
            "clip: {norm: 3, delta-norm: 2}", training().clipValue(1).clipDeltaNorm(2).clipNorm(3)),
        Arguments.of("validate-every: 7", training().validateEvery(7)),
        Arguments.of("diagnose-every: 50", training().diagnoseEvery(50)),
        Arguments.of("early-stopping: {patience: 2}", training().earlyStopping(2)),
        Arguments.of(
            "early-stopping: {patience: 2, min-delta: 1e-4}",
            training().earlyStopping(2).minDelta(1e-4)),
        Arguments.of("on-non-finite: skip", training().rollBackNonFinite(0.1, 2).skipNonFinite()),
        Arguments.of(
            "on-non-finite: rollback, rollback: {rate-factor: 0.1, times: 2},"
                + " checkpoint: {every-steps: 5}",
            training().checkpointEvery(5).rollBackNonFinite(0.1, 2)),
        Arguments.of("checkpoint: {every-steps: 5}", training().checkpointEvery(5)),
        Arguments.of(
            "checkpoint: {every-steps: 5, keep: 1}",
            training().checkpointEvery(5).checkpointKeep(1)));
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void shouldMakeTheSameTraining(String yaml, TrainingBuilder training) {
    assertSame(
        read(DATA, MODEL, TRAINING.replace("{epochs", "{" + yaml + ", epochs")),
        run().training(training).build());
  }

  static Stream<Arguments> gates() {
    return Stream.of(
        Arguments.of(
            "{data: {rows-ratio: [0.8, 1.5], freshness: PT36H, null-rate: 0.01, drift: 0.1,"
                + " label-shift: 0.3, lost-sequences: 0, min-rows: 50}}",
            new GateBuilder()
                .rowsRatio(0.8, 1.5)
                .freshness(Duration.ofHours(36))
                .nullRate(0.01)
                .drift(0.1)
                .labelShift(0.3)
                .lostSequences(0)
                .minRows(50)),
        Arguments.of(
            "{model: {metric: mae, at-most: 2, beats: [seasonal-naive], champion-margin: 0.01, champion-decay: 2, negligible: 0,"
                + " tolerance: 0.1, confidence: 0.9, golden: 'hdfs://h/g', slices: 0.5}}",
            new GateBuilder()
                .metric(Metric.MAE)
                .atMost(2)
                .beats(Baseline.SEASONAL_NAIVE)
                .championMargin(0.01)
                .championDecay(2)
                .negligible(0)
                .tolerance(0.1)
                .confidence(0.9)
                .golden("hdfs://h/g")
                .slices(0.5)),
        Arguments.of("{model: {beats: none}}", new GateBuilder().beats()));
  }

  @ParameterizedTest
  @MethodSource("gates")
  void shouldMakeTheSameGate(String yaml, GateBuilder gate) {
    RunConfig inYaml =
        ConfigReader.read(
            "name: x\ndata: %s\nmodel: %s\ntraining: %s\ngate: %s\n"
                .formatted(DATA, MODEL, TRAINING, yaml),
            "conf/x.yaml",
            List.of());
    assertSame(inYaml, run().gate(gate).build());
    assertSame(inYaml, run().gate(GateBuilder.from(inYaml.gate())).build());
  }

  @Test
  void shouldMakeTheSameLengthSeedAndDirectory() {
    RunConfig config =
        run().training(training().steps(9)).seed(Long.MIN_VALUE + 1).outputDirectory("a b").build();
    String yaml = "training.epochs=null";
    RunConfig inYaml =
        ConfigReader.read(
            "data: %s\nmodel: %s\ntraining: %s\n".formatted(DATA, MODEL, TRAINING),
            "x.yaml",
            List.of(yaml, "training.steps=9", "seed=-9223372036854775807", "output.directory=a b"));
    assertSame(inYaml, config);
  }

  @Test
  void shouldTellTheSameOthers() {
    RunConfig config =
        run()
            .examples(false)
            .tensorboard(true)
            .mlflow("https://mlflow.example.org/")
            .mlflowExperiment("waves")
            .build();
    RunConfig inYaml =
        ConfigReader.read(
            "data: %s\nmodel: %s\ntraining: %s\n".formatted(DATA, MODEL, TRAINING),
            "x.yaml",
            List.of(
                "output.examples=false",
                "output.tensorboard=true",
                "output.mlflow=https://mlflow.example.org",
                "output.mlflow-experiment=waves"));
    assertSame(inYaml, config);
    assertSame(inYaml, RunConfigBuilder.from(inYaml).build());
  }

  static Stream<Path> presets() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("..", "conf"))) {
      return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("presets")
  void shouldStartFromEveryPresetAndChangeNothingElse(Path preset) {
    boolean text = preset.endsWith("char-lm.yaml");
    RunConfig config = ConfigReader.read(preset, text ? List.of("data.path=x.txt") : List.of());
    RunConfig rebuilt =
        RunConfigBuilder.from(config)
            .data(DataBuilder.from(config.data()))
            .model(ModelBuilder.from(config.model()))
            .training(TrainingBuilder.from(config.training()))
            .build();
    assertSame(config, rebuilt);
    TrainingBuilder longer = TrainingBuilder.from(config.training()).steps(12_345);
    RunConfig changed = RunConfigBuilder.from(config).training(longer).build();
    assertEquals(12_345, changed.training().length().steps().orElseThrow());
    assertEquals(config.training().update().optimizer(), changed.training().update().optimizer());
    assertEquals(config.data(), changed.data());
  }

  @Test
  void shouldLeaveWhatWasBuiltAsItIs() {
    TrainingBuilder training = training().window(5);
    RunConfigBuilder run = run().training(training);
    RunConfig first = run.build();
    training.window(6);
    assertEquals(first, run.build());
    assertNotEquals(first, run.training(training).build());
  }
}
