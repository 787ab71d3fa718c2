package io.hindsight.driver.config.section;

import io.hindsight.driver.config.BpttConfig;
import io.hindsight.driver.config.BpttConfig.Curriculum;
import io.hindsight.driver.config.yaml.Range;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.SectionNumbers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The {@code training.bptt} section. */
final class BpttSection {
  private static final Range COUNT = Range.atLeast(1);

  private BpttSection() {}

  /** Reads the section. */
  static BpttConfig read(Section bptt) {
    SectionNumbers numbers = new SectionNumbers(bptt);
    Optional<Integer> window = numbers.integer("window", COUNT);
    Optional<Integer> stride = numbers.integer("stride", COUNT);
    boolean carryState = bptt.flag("carry-state", BpttConfig.DEFAULT.carryState());
    Optional<Curriculum> curriculum = curriculum(bptt.section("curriculum"), window);
    if (!bptt.has("window")) {
      refuseWithoutWindow(bptt, carryState);
    } else if (window.isPresent()) {
      checkStride(bptt, window.get(), stride.orElse(window.get()));
    }
    return new BpttConfig(
        window.map(OptionalInt::of).orElse(OptionalInt.empty()),
        stride.or(() -> window).orElse(BpttConfig.DEFAULT.stride()),
        carryState,
        curriculum);
  }

  /** Refuses what does not go with layers that read a window from its end too. */
  static void refuseForBothWays(Section training, BpttConfig config) {
    if (config.carryState()) {
      String message = "no state can be carried into layers that read a window from its end too";
      String remedy = "use carry-state: false, or bidirectional: false";
      training.refuseBelow("bptt", "carry-state", message, remedy);
    }
    if (config.curriculum().isPresent()) {
      String message = "layers that read a window from its end too need all of its gradient";
      String remedy = "delete it, or use bidirectional: false";
      training.refuseBelow("bptt", "curriculum", message, remedy);
    }
  }

  /** Refuses what takes less than whole sequences, of which each has one label string. */
  static void refuseForStrings(Section training, BpttConfig config) {
    String message = "the loss of a label string is of all steps of a sequence at once";
    String remedy = "train on whole sequences, without bptt, or bring shorter ones";
    training.refuseBelow("bptt", "window", message, remedy);
    training.refuseBelow("bptt", "curriculum", message, remedy);
    if (config.carryState()) {
      training.refuseBelow("bptt", "carry-state", message, remedy);
    }
  }

  private static void refuseWithoutWindow(Section bptt, boolean carryState) {
    String remedy = "add window: N, or delete the line";
    bptt.refuseAll(List.of("stride", "curriculum"), "needs a window", remedy);
    if (carryState) {
      String message = "state is carried from window to window, but there is no window";
      bptt.problem("carry-state", message, "add window: N, or use carry-state: false");
    }
  }

  private static void checkStride(Section bptt, int window, int stride) {
    if (stride > window) {
      bptt.problem(
          "stride",
          "a stride of " + stride + " leaves out steps between windows of " + window,
          "use at most " + window);
    }
  }

  private static Optional<Curriculum> curriculum(Section section, Optional<Integer> window) {
    SectionNumbers numbers = new SectionNumbers(section);
    int from = numbers.integer("from", COUNT).orElse(Curriculum.DEFAULT_FROM);
    section.require("over-steps", "give the training steps until the whole window is reached");
    int overSteps = numbers.integer("over-steps", COUNT).orElse(1);
    if (window.isPresent() && from > window.get()) {
      String message = from + " steps are more than the window of " + window.get();
      section.problem("from", message, "use at most " + window.get());
    }
    return section.present() ? Optional.of(new Curriculum(from, overSteps)) : Optional.empty();
  }

  /** Writes the section. */
  static Map<String, Object> write(BpttConfig config) {
    Map<String, Object> bptt = new LinkedHashMap<>();
    if (config.window().isPresent()) {
      bptt.put("window", config.window().getAsInt());
      bptt.put("stride", config.stride());
    }
    bptt.put("carry-state", config.carryState());
    config.curriculum().ifPresent(ramp -> bptt.put("curriculum", write(ramp)));
    return bptt;
  }

  private static Map<String, Object> write(Curriculum ramp) {
    Map<String, Object> curriculum = new LinkedHashMap<>();
    curriculum.put("from", ramp.from());
    curriculum.put("over-steps", ramp.overSteps());
    return curriculum;
  }
}
