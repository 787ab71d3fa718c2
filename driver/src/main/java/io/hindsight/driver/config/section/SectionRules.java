package io.hindsight.driver.config.section;

import io.hindsight.datasets.DataSpec;
import io.hindsight.driver.config.TrainingConfig;
import io.hindsight.driver.config.yaml.Section;

/** What the training section must have for the sake of the data. */
final class SectionRules {
  private SectionRules() {}

  /** Reports what does not fit. */
  static void check(Section training, TrainingConfig course, DataSpec data) {
    if (data instanceof DataSpec.Text && course.bptt().window().isEmpty()) {
      training.requireBelow("bptt", "window", "a text is trained in windows, for example of 50");
    }
    if (data.split().validation() == 0 && course.earlyStopping().isPresent()) {
      String message = "there is no validation part to judge by: data.split.validation is 0";
      training.problem("early-stopping", message, "set data.split.validation, or delete this");
    }
  }
}
