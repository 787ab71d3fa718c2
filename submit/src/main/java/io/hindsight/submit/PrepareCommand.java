package io.hindsight.submit;

import io.hindsight.datasets.ByteCount;
import io.hindsight.datasets.Count;
import io.hindsight.datasets.columns.Part;
import io.hindsight.driver.config.section.ConfigReader;
import io.hindsight.driver.config.yaml.YamlEmitter;
import io.hindsight.driver.run.Preparation;
import io.hindsight.submit.options.CommonOptions;
import io.hindsight.submit.options.ConfigArgument;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code prepare CONFIG}: reads and encodes a table once, for many runs. */
@Command(
    name = "prepare",
    description =
        "Read and encode a table and keep it in shared storage, where runs of the same source and"
            + " the same data section find it instead of reading the source.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  hindsight prepare conf/quickstart.yaml --store data",
      "  hindsight train conf/quickstart.yaml --set data.store=data",
      "",
      "Spark's tasks write the encoded sequences into chunk files of the folder STORE/FINGERPRINT,"
          + " each with its length and SHA-256 in the manifest, which is written last. What is there"
          + " already is checked and used. A source that has changed makes another folder;"
          + " prune-store deletes old ones."
    })
final class PrepareCommand implements Runnable {
  private static final int WIDTH = 12;

  @Spec private CommandSpec spec;
  @Mixin private ConfigArgument argument;

  @Option(
      names = "--store",
      paramLabel = "URI",
      description =
          "Where to keep it: a folder that all machines see under this path, or any URI of Hadoop;"
              + " default: data.store of CONFIG.")
  private String store;

  @Mixin private CommonOptions common;

  @Override
  public void run() {
    List<String> overrides = new ArrayList<>(common.overrides());
    if (store != null) {
      overrides.add("data.store=" + YamlEmitter.quoted(store));
    }
    print(Preparation.of(ConfigReader.read(argument.file(), overrides)));
  }

  private void print(Preparation made) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(ReportText.line("data", WIDTH, made.location()));
    out.println(ReportText.line("fingerprint", WIDTH, made.fingerprint()));
    for (Part part : Part.values()) {
      Preparation.Extent extent = made.parts().get(part);
      String size =
          "%s, %s, %s"
              .formatted(
                  Count.of(extent.sequences(), "sequence"),
                  Count.of(extent.steps(), "step"),
                  ByteCount.text(extent.bytes()));
      out.println(ReportText.line(part.text(), WIDTH, size));
    }
  }
}
