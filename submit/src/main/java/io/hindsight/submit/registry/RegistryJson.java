package io.hindsight.submit.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.registry.Blessing;
import io.hindsight.driver.registry.Pointer;
import io.hindsight.driver.registry.Version;
import io.hindsight.driver.retrain.folder.RetrainRuns;
import io.hindsight.driver.retrain.folder.RetrainStatus;
import io.hindsight.submit.output.GateChecks;

/**
 * Parts of the answers that programs read.
 *
 * <pre>
 * entry:   {"number", "kind", "version", "previous", "pinned": […], "subjects": […], "reason",
 *           "at", "user", "host", "process", "command"}
 * version: {"id", "published", "weights_sha256", "parameters", "bytes", "data_fingerprint",
 *           "config_sha256", "source": {…}, "blessed", "reasons": […],
 *           "checks": [{"name", "value", "limit", "passed"}], "candidate": {…}, "champion": {…},
 *           "holdout": {…}}
 * run:     {"key", "state", "stage", "exit_code", "from", "to", "reason", "version" or null,
 *           "started", "updated"}, and from "blessed" on as a version where gates have judged it
 * </pre>
 */
final class RegistryJson {
  private RegistryJson() {}

  static void put(ObjectNode json, Pointer pointer) {
    json.put("number", pointer.number()).put("kind", pointer.kind().word());
    json.put("version", pointer.version()).put("previous", pointer.previous().orElse(null));
    pointer.pinned().forEach(json.putArray("pinned")::add);
    pointer.subjects().forEach(json.putArray("subjects")::add);
    json.put("reason", pointer.reason()).put("at", pointer.at().toString());
    json.put("user", pointer.author().user()).put("host", pointer.author().host());
    json.put("process", pointer.author().process());
    json.put("command", pointer.signature().command());
  }

  static void put(ObjectNode json, Version version) {
    json.put("id", version.id()).put("published", version.published().toString());
    json.put("weights_sha256", version.weightsSha256()).put("parameters", version.parameters());
    json.put("bytes", version.bytes()).put("data_fingerprint", version.data().fingerprint());
    json.put("config_sha256", version.data().configSha256());
    json.set("source", version.data().source());
    Blessing blessing = version.blessing();
    put(json, blessing);
  }

  private static void put(ObjectNode json, Blessing blessing) {
    json.put("blessed", blessing.blessed());
    blessing.reasons().forEach(json.putArray("reasons")::add);
    GateChecks.put(json.putArray("checks"), blessing.checks());
    json.set("candidate", blessing.candidate());
    json.set("champion", blessing.champion());
    json.set("holdout", blessing.holdout());
  }

  static void put(ObjectNode json, RetrainRuns.Run run) {
    RetrainStatus status = run.status();
    json.put("key", status.key()).put("state", status.state());
    json.put("stage", status.stage().word()).put("exit_code", status.exitCode());
    json.put("from", status.window().from().toString());
    json.put("to", status.window().to().toString());
    json.put("reason", status.reason()).put("version", status.version().orElse(null));
    json.put("started", status.started().toString()).put("updated", status.updated().toString());
    run.blessing().ifPresent(blessing -> put(json, blessing));
  }
}
