package io.hindsight.driver.config.builder;

import static io.hindsight.driver.config.builder.JavaConfigTest.DATA;
import static io.hindsight.driver.config.builder.JavaConfigTest.MODEL;
import static io.hindsight.driver.config.builder.JavaConfigTest.TRAINING;
import static io.hindsight.driver.config.builder.JavaConfigTest.read;
import static io.hindsight.driver.config.builder.JavaConfigTest.run;
import static io.hindsight.driver.config.builder.JavaConfigTest.training;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.ConfigProblem;
import io.hindsight.driver.config.EngineKind;
import io.hindsight.driver.config.ReduceKind;
import io.hindsight.kernels.network.Activation;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A mistake made in Java breaks the same rule as in YAML, and is told with the same remedy. */
class JavaConfigMistakesTest {
  /** All but the place. */
  private record Told(String key, String message, String remedy) {
    Told(ConfigProblem problem) {
      this(problem.key(), problem.message(), problem.remedy());
    }
  }

  private static List<ConfigProblem> problems(Executable mistake) {
    return assertThrows(ConfigException.class, mistake).problems();
  }

  /** In any order: that of YAML is of the places, which Java has none of. */
  private static Set<Told> told(List<ConfigProblem> problems) {
    return problems.stream().map(Told::new).collect(toSet());
  }

  private static void assertSame(Executable inYaml, RunConfigBuilder inJava) {
    List<ConfigProblem> found = problems(inJava::build);
    assertEquals(told(problems(inYaml)), told(found));
    for (ConfigProblem problem : found) {
      assertEquals(0, problem.line() + problem.column());
      assertEquals("configuration in Java", problem.file());
    }
  }

  @Test
  void shouldTellAllProblemsAtOnceWithoutLineAndColumn() {
    RunConfigBuilder run =
        run().data(JavaConfigTest.table().horizon(-1)).training(training().batch(0).tasks(-1));
    ConfigException e = assertThrows(ConfigException.class, run::build);
    assertEquals(
        """
        configuration in Java: data.horizon: -1 is out of range; use a whole number that is at least 0
        configuration in Java: training.batch: 0 is out of range; use a whole number that is at least 1
        configuration in Java: training.tasks: -1 is out of range; use a whole number that is at least 0\
        """,
        e.getMessage());
  }

  @Test
  void shouldAskForEverySectionThatIsMissing() {
    List<String> keys =
        problems(RunConfigBuilder.named("x")::build).stream().map(ConfigProblem::key).toList();
    assertEquals(List.of("data", "model", "training"), keys);
    assertSame(() -> read(DATA, MODEL, "{}"), run().training(new TrainingBuilder()));
  }

  @Test
  void shouldRefuseANameThatCannotNameADirectory() {
    ConfigProblem problem =
        problems(RunConfigBuilder.from(run().build()).outputDirectory("")::build).get(0);
    assertEquals("output.directory", problem.key());
    assertEquals("is empty", problem.message());
    RunConfigBuilder run =
        RunConfigBuilder.named("a/b")
            .data(JavaConfigTest.table())
            .model(ModelBuilder.lstm(8))
            .training(training());
    assertEquals("'a/b' cannot name a directory", problems(run::build).get(0).message());
  }

  static Stream<Arguments> data() {
    return Stream.of(
        Arguments.of("{format: text, path: a, horizon: 1}", DataBuilder.text("a").horizon(1)),
        Arguments.of("{format: text, path: a}", DataBuilder.text("a")),
        Arguments.of("{format: text, path: null}", DataBuilder.text(null)),
        Arguments.of(
            "{format: generator, name: nonsense, sequences: 1, length: 1}",
            DataBuilder.generator("nonsense", 1).length(1)),
        Arguments.of(
            "{format: generator, name: adding, sequences: 0, length: 1, symbols: 2}",
            DataBuilder.generator("adding", 0).length(1).symbols(2)),
        Arguments.of("{format: cvs, inputs: [x]}", DataBuilder.table("cvs").inputs("x")),
        Arguments.of(
            "{format: csv, path: x, inputs: [x, x], targets: [], decimal: ';'}",
            DataBuilder.table("csv").path("x").inputs("x", "x").targets().decimal(';')),
        Arguments.of(
            "{format: csv, path: x, inputs: [x], targets: [x], time: t, split: {by: id}}",
            table("x").time("t").splitBy(Split.By.ID)),
        Arguments.of(
            "{format: csv, path: x, inputs: [x], targets: [x],"
                + " split: {validation: 0.6, test: 0.6}}",
            table("x").validation(0.6).test(0.6)),
        Arguments.of(
            "{format: csv, path: x, inputs: [x], targets: [x], split: {validation: 1.5}}",
            table("x").validation(1.5)),
        Arguments.of(
            "{format: csv, path: x, inputs: [x], targets: [x], target-kind: class, season: 2,"
                + " difference: true}",
            table("x").targetKind(TargetKind.CLASS).season(2).difference(true)),
        Arguments.of(
            "{format: jdbc, inputs: [x], targets: [x], options: {password: p}}",
            DataBuilder.table("jdbc").inputs("x").targets("x").option("password", "p")));
  }

  private static DataBuilder table(String path) {
    return JavaConfigTest.table().path(path);
  }

  @ParameterizedTest
  @MethodSource("data")
  void shouldRefuseTheSameData(String yaml, DataBuilder data) {
    assertSame(() -> read(yaml, MODEL, TRAINING), run().data(data));
  }

  static Stream<Arguments> models() {
    return Stream.of(
        Arguments.of("{cell: lstm, hidden: []}", ModelBuilder.lstm()),
        Arguments.of("{cell: rnn, hidden: [0, 65537]}", ModelBuilder.rnn(0, 65_537)),
        Arguments.of(
            "{cell: gru, hidden: [1], activation: relu}",
            ModelBuilder.gru(1).activation(Activation.RELU)),
        Arguments.of(
            "{cell: gru, hidden: [1], initial: {forget-bias: 1}}",
            ModelBuilder.gru(1).initialForgetBias(1)),
        Arguments.of(
            "{cell: lstm, hidden: [1], initial: {forget-bias: .nan}}",
            ModelBuilder.lstm(1).initialForgetBias(Double.NaN)));
  }

  @ParameterizedTest
  @MethodSource("models")
  void shouldRefuseTheSameModel(String yaml, ModelBuilder model) {
    assertSame(() -> read(DATA, yaml, TRAINING), run().model(model));
  }

  @Test
  void shouldRefuseAnOutputThatDoesNotFitTheData() {
    String parity = "{format: generator, name: adding, length: 9, sequences: 7}";
    String model = "{cell: lstm, hidden: [8], output: {loss: cross-entropy, at: every-step}}";
    assertSame(
        () -> read(parity, model, TRAINING),
        run()
            .data(DataBuilder.generator("adding", 7).length(9))
            .model(ModelBuilder.lstm(8).loss(Loss.SOFTMAX_CROSS_ENTROPY).outputAt(At.EVERY_STEP)));
  }

  static Stream<Arguments> trainings() {
    return Stream.of(
        Arguments.of("shards: 5", training().shards(5)),
        Arguments.of(
            "engine: local, reduce: sliced",
            training().engine(EngineKind.LOCAL).reduce(ReduceKind.SLICED)),
        Arguments.of("bptt: {stride: 3}", training().stride(3)),
        Arguments.of("bptt: {carry-state: true}", training().carryState(true)),
        Arguments.of("bptt: {window: 3, stride: 4}", training().window(3).stride(4)),
        Arguments.of(
            "bptt: {window: 3, stride: 4, carry-state: true}",
            training().window(3).stride(4).carryState(true)),
        Arguments.of(
            "bptt: {window: 3, curriculum: {from: 4, over-steps: 0}}",
            training().window(3).curriculum(4, 0)),
        Arguments.of(
            "schedule: {type: exponential, gamma: 2}",
            training().schedule(ScheduleBuilder.exponential(2))),
        Arguments.of(
            "schedule: {type: constant, gamma: 0.5}",
            training().schedule(ScheduleBuilder.constant().gamma(0.5))),
        Arguments.of(
            "schedule: {type: cosine, minimum: 1}",
            training().schedule(ScheduleBuilder.cosine().minimum(1))),
        Arguments.of("clip: {norm: 0}", training().clipNorm(0)),
        Arguments.of("clip: {delta-norm: 0}", training().clipDeltaNorm(0)),
        Arguments.of("clip: {value: .inf}", training().clipValue(Double.POSITIVE_INFINITY)),
        Arguments.of("validate-every: 0", training().validateEvery(0)),
        Arguments.of("diagnose-every: -1", training().diagnoseEvery(-1)),
        Arguments.of("early-stopping: {min-delta: 1}", training().minDelta(1)),
        Arguments.of("early-stopping: {patience: 0}", training().earlyStopping(0)),
        Arguments.of("checkpoint: {keep: 1}", training().checkpointKeep(1)),
        Arguments.of("checkpoint: {every-steps: -5}", training().checkpointEvery(-5)));
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void shouldRefuseTheSameTraining(String yaml, TrainingBuilder training) {
    assertSame(
        () -> read(DATA, MODEL, TRAINING.replace("{epochs", "{" + yaml + ", epochs")),
        run().training(training));
  }

  static Stream<Arguments> optimizers() {
    return Stream.of(
        Arguments.of("{type: sgd, learning-rate: 0}", OptimizerBuilder.sgd(0)),
        Arguments.of("{type: adam, learning-rate: -0.001}", OptimizerBuilder.adam(-1e-3)),
        Arguments.of("{type: sgd, learning-rate: 1, nesterov: true}", nesterov()),
        Arguments.of(
            "{type: sgd, learning-rate: 1, nesterov: true, momentum: 0.9, dampening: 0.1}",
            nesterov().momentum(0.9).dampening(0.1)),
        Arguments.of(
            "{type: adam, learning-rate: 1, momentum: 0.9}",
            OptimizerBuilder.adam(1).momentum(0.9)));
  }

  private static OptimizerBuilder nesterov() {
    return OptimizerBuilder.sgd(1).nesterov(true);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void shouldRefuseTheSameOptimizer(String yaml, OptimizerBuilder optimizer) {
    assertSame(
        () -> read(DATA, MODEL, "{epochs: 1, optimizer: " + yaml + "}"),
        run().training(training().optimizer(optimizer)));
  }

  @Test
  void shouldRefuseAWarmUpThatDoesNotEnd() {
    String training =
        "{steps: 9, schedule: {type: constant, warmup-steps: 9},"
            + " optimizer: {type: sgd, learning-rate: 1e-2}}";
    assertSame(
        () -> read(DATA, MODEL, training),
        run().training(training().steps(9).schedule(ScheduleBuilder.constant().warmupSteps(9))));
  }

  @Test
  void shouldRefuseEarlyStoppingWithNothingToJudgeBy() {
    String data = "{format: csv, path: x, inputs: [x], targets: [x], split: {validation: 0}}";
    assertSame(
        () ->
            read(
                data, MODEL, TRAINING.replace("{epochs", "{early-stopping: {patience: 1}, epochs")),
        run().data(table("x").validation(0)).training(training().earlyStopping(1)));
  }
}
