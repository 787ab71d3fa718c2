package io.hindsight.driver.config.section;

import io.hindsight.datasets.spec.DataSpec;
import io.hindsight.datasets.spec.TextSpec;
import io.hindsight.driver.config.ModelConfig;
import io.hindsight.driver.config.TrainingConfig;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.kernels.network.NetworkSpec;

/** What the training section must and must not say for the sake of the data and the network. */
final class TrainingRules {
  private final Section training;
  private final TrainingConfig course;

  /** Of a section that was read. */
  TrainingRules(Section training, TrainingConfig course) {
    this.training = training;
    this.course = course;
  }

  /** Reports what it lacks for the sake of the data. */
  void checkData(DataSpec data) {
    if (data instanceof TextSpec && course.bptt().window().isEmpty()) {
      training.requireBelow("bptt", "window", "a text is trained in windows, for example of 50");
    }
    if (!data.split().hasValidation() && course.validation().earlyStopping().isPresent()) {
      String key = validationKey(data);
      String message =
          "there is no validation part to judge by: data.split.%s is %s"
              .formatted(key, key.equals("validation") ? "0" : "missing");
      training.problem("early-stopping", message, validationRemedy(data));
    }
  }

  private static String validationKey(DataSpec data) {
    return switch (data.split().by()) {
      case TIME, ID -> "validation";
      case DATE -> "validation-from";
      case COLUMN -> "validation-value";
    };
  }

  /** What to do where something needs a validation part, and there is none. */
  static String validationRemedy(DataSpec data) {
    return "set data.split." + validationKey(data) + ", or delete this";
  }

  /** Refuses what does not go with the network's layers. */
  void checkLayers(ModelConfig network) {
    if (NetworkSpec.readsBothWays(network.layers())) {
      BpttSection.refuseForBothWays(training, course.bptt());
    }
  }

  /** Refuses what does not go with the network's targets. */
  void checkTargets(ModelConfig network) {
    if (network.loss().targetsAreStrings()) {
      BpttSection.refuseForStrings(training, course.bptt());
      refuseDiagnosis();
    }
  }

  private void refuseDiagnosis() {
    if (course.execution().diagnoseEvery() > 0) {
      String message =
          "a diagnosis follows the target of one step back, and a label string has none";
      training.problem("diagnose-every", message, "delete the line");
    }
  }
}
