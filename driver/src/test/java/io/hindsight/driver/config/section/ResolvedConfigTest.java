package io.hindsight.driver.config.section;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.Decimal;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.RunConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResolvedConfigTest {
  private static final String MINIMAL =
      """
      data: {format: csv, path: x.csv, inputs: [x], targets: [x]}
      model: {cell: lstm, hidden: [8]}
      training: {epochs: 1, optimizer: {type: sgd, learning-rate: 1e-2}}
      """;

  private static RunConfig read(String... overrides) {
    return ConfigReader.read(MINIMAL, "conf/minimal.yaml", List.of(overrides));
  }

  private static void assertReadsBack(RunConfig config) {
    String yaml = ResolvedConfig.toYaml(config);
    RunConfig again = ConfigReader.read(yaml, "config.yaml", List.of());
    assertEquals(config, again, yaml);
    assertEquals(yaml, ResolvedConfig.toYaml(again));
    assertEquals(ResolvedConfig.hash(config), ResolvedConfig.hash(again));
  }

  static Stream<Path> presets() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("..", "conf"))) {
      return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("presets")
  void shouldReadEveryPresetBackToTheSame(Path preset) throws IOException {
    boolean text = preset.endsWith("char-lm.yaml");
    List<String> needed = List.of("data.path=x.txt", "data.unknown=skip");
    assertReadsBack(ConfigReader.read(preset, text ? needed : List.of()));
    assertTrue(Files.readAllLines(preset).size() <= 40, "a preset has at most 40 lines");
  }

  @Test
  void shouldAskForTheTextOfTheCharacterModel() {
    Path preset = Path.of("..", "conf", "char-lm.yaml");
    ConfigException e =
        assertThrows(ConfigException.class, () -> ConfigReader.read(preset, List.of()));
    assertEquals(1, e.problems().size());
    assertEquals("data.path", e.problems().get(0).key());
    assertTrue(e.problems().get(0).remedy().contains("--set data.path=FILE"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data={format: generator, name: copy, length: 9, sequences: 7, symbols: 3}",
        "data={format: generator, name: embedded-reber, sequences: 7}",
        "data={format: generator, name: mackey-glass, length: 9, sequences: 7}",
        "data={format: generator, name: adding, length: 9, sequences: 7}",
        "data.options={sep: ';', header: true, quote: '\"', none: 'null', empty: '', path: 'C:\\x'}",
        "data.inputs=[ppm, 'yes', 'true', '1e-2', 'a b', 'ä: #', '~', '-', '*', \"tab\\t\"]",
        "data={format: jdbc, options: {url: 'jdbc:h2:mem'}, inputs: [a], targets: [b]}",
        "data.target-kind=class",
        "data.target-kind=multilabel",
        "data.target-kind=ordered",
        "data={format: csv, path: x, inputs: [a], targets: [b], target-kind: ordered, order: [low, 'null', 10, 1.50, true], unknown: skip}",
        "data.season=12",
        "data.decimal=','",
        "data.sequence=[store, _metadata.file_name]",
        "data.time=[year, month, day, hour]",
        "data.min-length=24",
        "data={format: csv, path: x, inputs: [a], targets: [b], target-kind: class, unknown: skip}",
        "data={format: csv, path: x, time: t, inputs: [a], targets: [b], window: {from: 2026-01-01T00:00:00Z, to: 2026-02-01T00:00:00.5Z, zone: Europe/Berlin}}",
        "data={format: csv, path: x, time: t, inputs: [a], targets: [b], window: {length: P1M, lag: P1DT6H}}",
        "data={format: csv, path: x, time: t, inputs: [a], targets: [b], window: {zone: UTC+02:00}}",
        "data={format: csv, path: x, time: t, inputs: [a], targets: [b], split: {by: date, validation-from: 2026-01-01T00:00:00Z, test-from: 2026-02-01T00:00:00Z}}",
        "data={format: csv, path: x, time: t, inputs: [a], targets: [b], split: {by: date, test-from: 2026-02-01T00:00:00Z}}",
        "data={format: csv, path: x, time: t, inputs: [a], targets: [b], split: {by: date, test-from: 2026-02-01T00:00:00Z, embargo: 3}}",
        "data={format: csv, path: x, time: t, inputs: [a], targets: [b], split: {embargo: 3}}",
        "data={format: csv, path: x, time: t, inputs: [a], targets: [b], split: {embargo: 2w}}",
        "data={format: csv, path: x, time: t, inputs: [a], targets: [b], split: {by: date, validation-from: 2026-01-01T00:00:00Z}}",
        "data.split={by: id, validation: 48, test: 0}",
        "model.initial={type: orthogonal, forget-bias: -0.0}",
        "model={cell: rnn, hidden: [3, 2, 1], activation: sigmoid, output: {at: last-step}}",
        "training.optimizer={type: sgd, learning-rate: 1, momentum: 0.9, nesterov: true}",
        "training.optimizer={type: rmsprop, learning-rate: 1e-3, centered: true}",
        "training.optimizer={type: adagrad, learning-rate: 1e-300, initial-accumulator: 0.1}",
        "training.optimizer={type: adam, learning-rate: 123456789.125, amsgrad: true}",
        "training.optimizer={type: adamw, learning-rate: 1, decay: matrices}",
        "training.optimizer={type: sgd, learning-rate: 1, sparse: true}",
        "training.optimizer={type: adamw, learning-rate: 3.3333333333333335e-5}",
        "training.schedule={type: step, step-size: 10, warmup-steps: 3}",
        "training.schedule={type: exponential, gamma: 0.999}",
        "training.schedule={type: cosine, steps: 50, minimum: 1e-5}",
        "training.clip={value: 0.1}",
        "training.clip={delta-norm: 0.1}",
        "training.clip={norm: 1, delta-norm: 3.3333333333333335e-5}",
        "training.on-non-finite=skip",
        "training.shards=4",
        "training.engine=spark-jobs",
        "training.reduce=sliced",
        "training.reduce=driver",
        "training.bptt={window: 9, stride: 3, curriculum: {from: 2, over-steps: 7}}",
        "training.bptt={window: 9, stride: 2, carry-state: true}",
        "training.early-stopping={patience: 2, min-delta: 1e-4}",
        "seed=-9007199254740993",
        "output.directory=out dir",
        "gate.data={rows-ratio: [0.9, 1.1], freshness: P7D, null-rate: 0, drift: 1, min-rows: 9}",
        "gate.model={metric: mae, at-most: 0.5, beats: none, slices: 0.3, golden: 's3a://b/g'}",
        "gate.model={beats: [last-value, autoregression], champion-margin: 0.01, champion-decay: 2, negligible: 0}"
      })
  void shouldReadEveryVariantBackToTheSame(String override) {
    assertReadsBack(read(override));
  }

  @Test
  void shouldReadRandomNumbersBackToTheSame() {
    long seed = 7;
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      double rate = Math.abs(Double.longBitsToDouble(random.nextLong()));
      if (rate > 0 && Double.isFinite(rate)) {
        RunConfig config = read("training.optimizer.learning-rate=" + Decimal.of(rate));
        assertEquals(rate, config.training().update().learningRate().base(), "seed " + seed);
        assertReadsBack(config);
      }
    }
  }

  @Test
  void shouldWriteEveryDefault() {
    assertEquals(
        """
        name: minimal
        seed: 42
        data:
          format: csv
          path: x.csv
          inputs: [x]
          targets: [x]
          target-kind: value
          horizon: 1
          scale: standardize
          difference: false
          split:
            by: time
            validation: 0.1
            test: 0.1
        model:
          cell: lstm
          hidden: [8]
          output:
            activation: identity
            at: every-step
            loss: squared-error
          initial:
            type: uniform
        training:
          epochs: 1
          batch: 32
          shards: auto
          bptt:
            carry-state: false
          optimizer:
            type: sgd
            learning-rate: 0.01
            momentum: 0
            dampening: 0
            nesterov: false
            weight-decay: 0
          schedule:
            type: constant
            warmup-steps: 0
          on-non-finite: fail
          engine: auto
          tasks: 0
          reduce: auto
          diagnose-every: 0
        output:
          directory: runs
          examples: true
          tensorboard: false
        gate:
          data:
            rows-ratio: [0.5, 2]
            null-rate: 0.05
            drift: 0.2
            label-shift: 0.2
            lost-sequences: 0.1
            min-rows: 1
          model:
            champion-margin: 0
            champion-decay: 4
            negligible: 0.01
            tolerance: 0.05
            confidence: 0.99
        """,
        ResolvedConfig.toYaml(read()));
  }

  @Test
  void shouldHashOnlyWhatChangesTheResult() {
    String hash = ResolvedConfig.hash(read());
    assertEquals("d44a4586e63b284c89fcf5ee590cb6b456ddccf50c0f229e2bf8ac1048d2271b", hash);
    assertEquals(hash, ResolvedConfig.hash(read("training.engine=local", "training.tasks=7")));
    assertEquals(hash, ResolvedConfig.hash(read("training.reduce=sliced")));
    assertEquals(hash, ResolvedConfig.hash(read("training.diagnose-every=10")));
    assertEquals(hash, ResolvedConfig.hash(read("output.directory=elsewhere")));
    assertEquals(hash, ResolvedConfig.hash(read("output.examples=false")));
    assertEquals(hash, ResolvedConfig.hash(read("gate.model.at-most=1", "gate.data.drift=0.5")));
    assertEquals(hash, ResolvedConfig.hash(read("training.batch=32")));
    assertEquals(
        hash, ResolvedConfig.hash(read("name=other", "training.checkpoint.every-steps=7")));
    List<String> hashes = new ArrayList<>(List.of(hash));
    for (String change :
        List.of("seed=43", "training.batch=33", "training.shards=2", "data.path=y.csv")) {
      hashes.add(ResolvedConfig.hash(read(change)));
    }
    assertEquals(5, hashes.stream().distinct().count());
  }

  @Test
  void shouldHashAWindowButNotTheOneOfRetrainings() {
    String time = "data.time=t";
    String hash = ResolvedConfig.hash(read(time));
    assertEquals(hash, ResolvedConfig.hash(read(time, "data.window={length: P1M, lag: PT6H}")));
    assertEquals(hash, ResolvedConfig.hash(read(time, "data.window={zone: UTC}")));
    List<String> hashes = new ArrayList<>(List.of(hash));
    String february = "data.window={from: 2026-01-01T00:00:00Z, to: 2026-02-01T00:00:00Z}";
    hashes.add(ResolvedConfig.hash(read(time, february)));
    hashes.add(ResolvedConfig.hash(read(time, february.replace("02-01", "02-02"))));
    hashes.add(ResolvedConfig.hash(read(time, february, "data.window.zone=Asia/Tokyo")));
    assertEquals(4, hashes.stream().distinct().count());
  }

  /** The hash of before there was data.unknown: a run that began then can be resumed. */
  @Test
  void shouldHashWhatIsDoneAboutTheUnknownOnlyWhereItIsNotRefused() {
    String classes = "data.target-kind=class";
    String hash = ResolvedConfig.hash(read(classes));
    assertEquals("325b776d2bb7e56387882953444c472129e22b85167274769550c945d65cbe4f", hash);
    assertEquals(hash, ResolvedConfig.hash(read(classes, "data.unknown=refuse")));
    assertNotEquals(hash, ResolvedConfig.hash(read(classes, "data.unknown=skip")));
  }

  @Test
  void shouldHashTheTimesOfValidationOnlyWhereTheyMayStopTheRun() {
    String stop = "training.early-stopping.patience=3";
    String often = "training.validate-every=5";
    assertEquals(ResolvedConfig.hash(read()), ResolvedConfig.hash(read(often)));
    assertNotEquals(ResolvedConfig.hash(read(stop)), ResolvedConfig.hash(read(stop, often)));
  }

  @Test
  void shouldWriteOptionsInTheOrderOfTheirNames() {
    RunConfig one = read("data.options={b: 1, a: 2, c: 3}");
    RunConfig other = read("data.options={c: 3, b: 1, a: 2}");
    assertEquals(ResolvedConfig.hash(one), ResolvedConfig.hash(other));
    assertNotEquals(ResolvedConfig.hash(one), ResolvedConfig.hash(read()));
    assertEquals(3, ((TableSpec) one.data()).location().options().size());
  }
}
