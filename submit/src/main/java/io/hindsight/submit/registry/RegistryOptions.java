package io.hindsight.submit.registry;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.submit.options.CommonOptions;
import java.io.PrintWriter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every command of a registry takes, and how it answers. */
final class RegistryOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--registry",
      required = true,
      paramLabel = "URI",
      description = "The registry: a directory of this machine, of HDFS or of an object store.")
  private String location;

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  @Mixin private CommonOptions common;

  /** The registry's location. */
  String location() {
    return location;
  }

  /** What this process does, for those who wait for it. */
  String name() {
    return command.name();
  }

  /** Refuses what belongs to other commands. */
  void check() {
    common.refuseOverrides("--registry");
  }

  /** An object to be filled, which begins with the registry. */
  ObjectNode object() {
    return new ObjectMapper().createObjectNode().put("registry", location);
  }

  /** Prints an answer in the form that was asked for. */
  void print(String text, ObjectNode object) {
    PrintWriter out = command.commandLine().getOut();
    out.println(json ? object.toString() : text);
  }
}
