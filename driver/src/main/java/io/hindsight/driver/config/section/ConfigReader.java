package io.hindsight.driver.config.section;

import io.hindsight.datasets.spec.DataSpec;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.GateConfig;
import io.hindsight.driver.config.ModelConfig;
import io.hindsight.driver.config.OutputConfig;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.TrainingConfig;
import io.hindsight.driver.config.horizon.RecursiveRules;
import io.hindsight.driver.config.results.ResultKeys;
import io.hindsight.driver.config.weights.ClassWeightsKey;
import io.hindsight.driver.config.weights.HorizonWeightsKey;
import io.hindsight.driver.config.yaml.Overrides;
import io.hindsight.driver.config.yaml.Problems;
import io.hindsight.driver.config.yaml.Range;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.SectionNumbers;
import io.hindsight.driver.config.yaml.SourcePlace;
import io.hindsight.driver.config.yaml.SourceText;
import io.hindsight.driver.config.yaml.ValueTree;
import io.hindsight.driver.config.yaml.YamlNode;
import io.hindsight.driver.config.yaml.YamlNode.Mapping;
import io.hindsight.driver.config.yaml.YamlTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a run's configuration from YAML (version 1.2), fills in every default, and reports all that
 * is wrong with it at once.
 */
public final class ConfigReader {
  private final Problems problems = new Problems();

  private ConfigReader() {}

  /**
   * Reads a file.
   *
   * @param file UTF-8 text, at most 1 MiB
   * @param overrides {@code section.key=value} each, the value in YAML; {@code null} removes the
   *     key
   * @throws ConfigException with every problem of the file and the overrides
   */
  public static RunConfig read(Path file, List<String> overrides) {
    ConfigReader reader = new ConfigReader();
    String text = SourceText.of(file, reader.problems);
    return reader.run(text, file.toString(), overrides);
  }

  /**
   * Reads a text.
   *
   * @param yaml the configuration
   * @param file the name that problems show, and whose last part is the run's default name
   * @param overrides {@code section.key=value} each, the value in YAML; {@code null} removes the
   *     key
   * @throws ConfigException with every problem of the text and the overrides
   */
  public static RunConfig read(String yaml, String file, List<String> overrides) {
    return new ConfigReader().run(yaml, file, overrides);
  }

  /**
   * Reads what was made in Java.
   *
   * @param keys nested mappings with the keys and values of a file
   * @param source the name that problems show in place of a file's; they have no line and column
   * @throws ConfigException with every problem
   */
  public static RunConfig read(Map<String, ?> keys, String source) {
    SourcePlace start = SourcePlace.inFile(source, 0, 0);
    return new ConfigReader().checked(ValueTree.of(keys, start), start);
  }

  private RunConfig run(String yaml, String file, List<String> overrides) {
    SourcePlace start = SourcePlace.inFile(file, 1, 1);
    return checked(new Overrides(problems).apply(mapping(yaml, start), overrides), start);
  }

  private RunConfig checked(Mapping tree, SourcePlace start) {
    Section root = Section.root(problems, start, tree);
    RunConfig config = config(root, RunName.of(start.source()));
    root.refuseUnknownKeys();
    problems.throwIfAny();
    return config;
  }

  private Mapping mapping(String yaml, SourcePlace start) {
    Optional<YamlNode> tree = YamlTree.parse(yaml, start, "", problems);
    if (tree.isPresent() && tree.get() instanceof Mapping mapping) {
      return mapping;
    }
    String sections = "write the sections data, model and training, or start from a file in conf/";
    tree.ifPresentOrElse(
        node ->
            problems.add(
                node.place(), "", "found " + node.describe() + " in place of sections", sections),
        () -> problems.add(start, "", "the file is empty", sections));
    problems.throwIfAny();
    return new Mapping(start, Map.of());
  }

  private RunConfig config(Section root, String usualName) {
    String name = RunName.read(root, usualName);
    long seed = new SectionNumbers(root).whole("seed", Range.ANY).orElse(RunConfig.DEFAULT_SEED);
    Section data = required(root, "data");
    Section model = required(root, "model");
    Section training = required(root, "training");
    OutputSection target = OutputSection.read(model);
    DataSpec spec = target.counted(DataSection.read(data, target.stated()), data);
    target.requireSamples(spec, data);
    Optional<String> store = DataSection.store(data, spec);
    ModelConfig network = ModelSection.read(model, target, spec);
    RecursiveRules.check(data, spec);
    TrainingConfig course = TrainingSection.read(training);
    TrainingRules rules = new TrainingRules(training, course);
    rules.checkData(spec);
    target.requireValidation(spec, TrainingRules.validationRemedy(spec));
    rules.checkLayers(network);
    Section output = root.section("output");
    OutputConfig results = ResultKeys.read(output);
    Secrets.refuseLocation(output, "directory", results.directory());
    rules.checkTargets(network);
    GateConfig gate = GateSection.read(root, spec, network);
    DataSpec weighted =
        ClassWeightsKey.applied(training, course.classWeights(), spec, network.at(), course.bptt());
    ModelConfig weighing =
        HorizonWeightsKey.applied(training, course.horizonWeights(), spec, network);
    return new RunConfig(
        name, seed, weighted, store, weighing, course, results, gate, HooksSection.read(root));
  }

  private static Section required(Section root, String key) {
    root.require(key, "add the section, or start from a file in conf/");
    return root.section(key);
  }
}
