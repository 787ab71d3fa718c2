package io.hindsight.submit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.datasets.Count;
import io.hindsight.datasets.spec.RetrainWindow.Span;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.data.StoredTables;
import io.hindsight.submit.options.CommonOptions;
import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code prune-store}: deletes encoded tables that no run has used for long. */
@Command(
    name = "prune-store",
    description =
        "Show which encoded tables in a data.store no run has begun with for long; delete them if"
            + " asked.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  hindsight prune-store --store hdfs:///data/encoded",
      "  hindsight prune-store --store hdfs:///data/encoded --unused-for P60D --delete",
      "",
      "A run notes its use when it begins, so choose more time than the longest run takes. What is"
          + " deleted is made again from its source when a run needs it."
    })
final class PruneStoreCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--store",
      required = true,
      paramLabel = "URI",
      description = "The folder that data.store names.")
  private String store;

  @Option(
      names = "--unused-for",
      paramLabel = "SPAN",
      defaultValue = "P30D",
      description =
          "Take a table that no run has begun with for so long, such as P30D or PT12H; default:"
              + " ${DEFAULT-VALUE}.")
  private String unusedFor;

  @Option(names = "--delete", description = "Delete them; without it, only show them.")
  private boolean delete;

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  @Mixin private CommonOptions common;

  @Override
  public void run() {
    common.refuseOverrides("--store");
    Instant limit = limit();
    StoredTables tables = tables();
    List<StoredTables.Table> unused = tables.unusedSince(limit);
    print(delete ? tables.delete(unused) : unused);
  }

  private Instant limit() {
    try {
      return Span.of(unusedFor).orElseThrow().before(Instant.now(), ZoneOffset.UTC);
    } catch (NoSuchElementException | DateTimeException | ArithmeticException e) {
      throw ConfigException.of(
          "--unused-for " + unusedFor, "this is no span of time; write it as P30D or PT12H");
    }
  }

  private StoredTables tables() {
    if (store.isBlank()) {
      throw ConfigException.of("--store", "the place is empty; name the folder of data.store");
    }
    StoredTables tables = StoredTables.in(store);
    if (!tables.exists()) {
      throw ConfigException.of(
          "--store " + store, "there is no such folder; name the one that data.store names");
    }
    return tables;
  }

  private void print(List<StoredTables.Table> tables) {
    PrintWriter out = spec.commandLine().getOut();
    long bytes = tables.stream().mapToLong(StoredTables.Table::bytes).sum();
    if (json) {
      out.println(toJson(tables, bytes));
      return;
    }
    for (StoredTables.Table table : tables) {
      out.printf(
          Locale.ROOT,
          "%s %s, %,d bytes, used at %s%n",
          delete ? "deleted" : "would delete",
          table.name(),
          table.bytes(),
          table.used());
    }
    String hint = delete || tables.isEmpty() ? "" : "; delete them with --delete";
    out.printf(Locale.ROOT, "%s, %,d bytes%s%n", Count.of(tables.size(), "table"), bytes, hint);
  }

  /** {@code {"store": "…", "deleted": true, "tables": [{"name", "bytes", "used"}], "bytes": …}}. */
  private ObjectNode toJson(List<StoredTables.Table> tables, long bytes) {
    ObjectNode object = new ObjectMapper().createObjectNode().put("store", store);
    ArrayNode array = object.put("deleted", delete).putArray("tables");
    for (StoredTables.Table table : tables) {
      array
          .addObject()
          .put("name", table.name())
          .put("bytes", table.bytes())
          .put("used", table.used().toString());
    }
    return object.put("bytes", bytes);
  }
}
