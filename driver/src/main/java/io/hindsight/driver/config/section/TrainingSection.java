package io.hindsight.driver.config.section;

import io.hindsight.datasets.Count;
import io.hindsight.driver.config.BpttConfig;
import io.hindsight.driver.config.OnNonFinite;
import io.hindsight.driver.config.TrainingConfig;
import io.hindsight.driver.config.TrainingConfig.CheckpointConfig;
import io.hindsight.driver.config.TrainingConfig.EarlyStoppingConfig;
import io.hindsight.driver.config.TrainingConfig.Execution;
import io.hindsight.driver.config.TrainingConfig.Length;
import io.hindsight.driver.config.TrainingConfig.Minibatch;
import io.hindsight.driver.config.TrainingConfig.StartConfig;
import io.hindsight.driver.config.TrainingConfig.Update;
import io.hindsight.driver.config.TrainingConfig.ValidationConfig;
import io.hindsight.driver.config.weights.ClassWeightsKey;
import io.hindsight.driver.config.weights.HorizonWeightsKey;
import io.hindsight.driver.config.yaml.Range;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.SectionNumbers;
import io.hindsight.driver.config.yaml.YamlNode;
import io.hindsight.kernels.panel.Lanes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The {@code training} section. */
final class TrainingSection {
  private static final int LANES = Lanes.LANES;
  private static final Range COUNT = Range.atLeast(1);

  private final Section training;
  private final SectionNumbers numbers;

  private TrainingSection(Section training) {
    this.training = training;
    this.numbers = new SectionNumbers(training);
  }

  /** Reads the section. */
  static TrainingConfig read(Section training) {
    return new TrainingSection(training).training();
  }

  private TrainingConfig training() {
    Length length = length();
    Optional<StartConfig> start = StartSection.read(training);
    Minibatch minibatch = minibatch();
    Execution execution = ExecutionSection.read(training);
    BpttConfig bptt = BpttSection.read(training.section("bptt"));
    Update update = UpdateSection.read(training, length.steps());
    ValidationConfig validation = validation();
    Optional<CheckpointConfig> checkpoint =
        checkpoint(training.section("checkpoint"), update.onNonFinite());
    return new TrainingConfig(
        length,
        start,
        minibatch,
        execution,
        bptt,
        update,
        validation,
        checkpoint,
        ClassWeightsKey.read(training),
        HorizonWeightsKey.read(training));
  }

  private Length length() {
    boolean epochs = training.has("epochs");
    boolean steps = training.has("steps");
    if (epochs && steps) {
      training.problem(
          "steps",
          "epochs and steps exclude each other",
          "delete one, on the command line with --set training.epochs=null");
    } else if (!epochs && !steps && training.present()) {
      String message = "required, but missing, and so is steps";
      training.problem("epochs", message, "say how long to train with epochs or steps");
    }
    return new Length(
        present(numbers.integer("epochs", COUNT)),
        numbers.whole("steps", COUNT).map(OptionalLong::of).orElse(OptionalLong.empty()));
  }

  private static OptionalInt present(Optional<Integer> number) {
    return number.map(OptionalInt::of).orElse(OptionalInt.empty());
  }

  private Minibatch minibatch() {
    int batch = numbers.integer("batch", COUNT).orElse(Minibatch.DEFAULT.batch());
    return new Minibatch(batch, shards(batch));
  }

  private OptionalInt shards(int batch) {
    Optional<YamlNode> value = training.value("shards");
    if (value.isEmpty()
        || (value.get() instanceof YamlNode.Scalar scalar && scalar.text().equals("auto"))) {
      return Minibatch.DEFAULT.shards();
    }
    Optional<Integer> shards = numbers.integer("shards", COUNT);
    int blocks = (batch + LANES - 1) / LANES;
    if (shards.isPresent() && shards.get() > blocks && training.sound("batch")) {
      training.problem(
          "shards",
          Count.of(shards.get(), "shard")
              + ", but a batch of "
              + batch
              + " has "
              + Count.of(blocks, "block")
              + " of 8",
          "use at most " + blocks + ", or auto");
    }
    return present(shards);
  }

  private ValidationConfig validation() {
    return new ValidationConfig(
        present(numbers.integer("validate-every", COUNT)),
        earlyStopping(training.section("early-stopping")));
  }

  private static Optional<EarlyStoppingConfig> earlyStopping(Section section) {
    SectionNumbers own = new SectionNumbers(section);
    section.require("patience", "give the validations to wait for an improvement");
    int patience = own.integer("patience", COUNT).orElse(1);
    double usual = EarlyStoppingConfig.DEFAULT_MIN_DELTA;
    double minDelta = own.number("min-delta", Range.NOT_NEGATIVE).orElse(usual);
    EarlyStoppingConfig config = new EarlyStoppingConfig(patience, minDelta);
    return section.present() ? Optional.of(config) : Optional.empty();
  }

  private static Optional<CheckpointConfig> checkpoint(Section section, OnNonFinite policy) {
    SectionNumbers own = new SectionNumbers(section);
    section.require("every-steps", "give the steps between checkpoints");
    int every = own.integer("every-steps", COUNT).orElse(1);
    int keep = own.integer("keep", COUNT).orElse(CheckpointConfig.DEFAULT_KEEP);
    if (policy instanceof OnNonFinite.Rollback && keep < 2) {
      section.problem(
          "keep",
          "with on-non-finite: rollback at least 2 must be kept, as the newest may be ruined already",
          "use 2 or more");
    }
    return section.present() ? Optional.of(new CheckpointConfig(every, keep)) : Optional.empty();
  }

  /** Writes the section. */
  static Map<String, Object> write(TrainingConfig config) {
    Map<String, Object> training = new LinkedHashMap<>();
    config.length().epochs().ifPresent(epochs -> training.put("epochs", epochs));
    config.length().steps().ifPresent(steps -> training.put("steps", steps));
    config.start().ifPresent(start -> StartSection.write(start, training));
    OptionalInt shards = config.minibatch().shards();
    training.put("batch", config.minibatch().batch());
    training.put("shards", shards.isPresent() ? shards.getAsInt() : "auto");
    training.put("bptt", BpttSection.write(config.bptt()));
    UpdateSection.write(config.update(), training);
    ValidationConfig validation = config.validation();
    validation.everySteps().ifPresent(steps -> training.put("validate-every", steps));
    validation.earlyStopping().ifPresent(stop -> training.put("early-stopping", write(stop)));
    config.checkpoint().ifPresent(checkpoint -> training.put("checkpoint", write(checkpoint)));
    ClassWeightsKey.write(config.classWeights(), training);
    HorizonWeightsKey.write(config.horizonWeights(), training);
    ExecutionSection.write(config.execution(), training);
    return training;
  }

  private static Map<String, Object> write(EarlyStoppingConfig stop) {
    Map<String, Object> section = new LinkedHashMap<>();
    section.put("patience", stop.patience());
    section.put("min-delta", stop.minDelta());
    return section;
  }

  private static Map<String, Object> write(CheckpointConfig checkpoint) {
    Map<String, Object> section = new LinkedHashMap<>();
    section.put("every-steps", checkpoint.everySteps());
    section.put("keep", checkpoint.keep());
    return section;
  }
}
