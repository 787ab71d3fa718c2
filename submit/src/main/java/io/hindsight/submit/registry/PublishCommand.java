package io.hindsight.submit.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.model.ModelFolder;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.registry.Blessing;
import io.hindsight.driver.registry.Pointer;
import io.hindsight.driver.registry.RegistryAccess;
import io.hindsight.driver.registry.TrainingData;
import io.hindsight.driver.registry.Version;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code publish}: copies a trained model into a registry. */
@Command(
    name = "publish",
    description = "Copy a trained model into a registry, as a new version.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  hindsight publish --registry models/co2 --model runs/first/model",
      "  hindsight publish --registry models/co2 --model runs/first/model --id 2026-10 --promote"
          + " --reason 'the first'",
      "",
      "The registry is begun if it is not there. No gate judges what is published so; therefore it"
          + " is not blessed, and --promote needs a reason, as promote --force does. The same model"
          + " under the same name is left as it is."
    })
public final class PublishCommand implements Runnable {
  private static final int ID_DIGITS = 12;

  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "The model: a run's model/.")
  private String model;

  @Option(
      names = "--id",
      paramLabel = "VERSION",
      description =
          "The version's name: letters, digits, '.', '-' and '_'; default: 12 digits of the model's"
              + " hash.")
  private String id;

  @Option(names = "--promote", description = "Make it the champion too; needs --reason.")
  private boolean promote;

  @Mixin private ReasonOption reason;
  @Mixin private RegistryOptions registry;

  PublishCommand() {}

  private record Published(Version version, Optional<Pointer> pointer) {}

  @Override
  public void run() {
    registry.check();
    if (promote && reason.text().isBlank()) {
      throw new ParameterException(
          spec.commandLine(), "--promote needs --reason TEXT, since no gate has judged the model");
    }
    ModelFolder folder = RegistryAccess.model(model);
    ModelBundle.load(model, Optional.empty(), List.of()); // refuses one that contradicts itself
    String name = id == null ? folder.manifestSha256().substring(0, ID_DIGITS) : id;
    Published published =
        RegistryAccess.begin(
            registry.location(),
            registry.name(),
            writer -> {
              TrainingData data = TrainingData.of(folder.description());
              Version version = writer.publish(name, folder, Blessing.imported(), data);
              return new Published(
                  version,
                  promote
                      ? Optional.of(writer.promote(name, true, reason.text()))
                      : Optional.empty());
            });
    if (published.pointer().isPresent()) {
      MlflowChampion.tell(registry.location(), published.version().id());
    }
    print(published);
  }

  /** {@code {"registry": "…", "version": {…}, "entry": {…} or null}}. */
  private void print(Published published) {
    ObjectNode object = registry.object();
    RegistryJson.put(object.putObject("version"), published.version());
    String champion = "";
    object.putNull("entry");
    if (published.pointer().isPresent()) {
      RegistryJson.put(object.putObject("entry"), published.pointer().get());
      champion = ", the champion by entry " + published.pointer().get().number();
    }
    registry.print(
        "version %s, weights %s%s"
            .formatted(published.version().id(), published.version().weightsSha256(), champion),
        object);
  }
}
