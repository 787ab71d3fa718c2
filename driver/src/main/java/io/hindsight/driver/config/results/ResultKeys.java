package io.hindsight.driver.config.results;

import io.hindsight.driver.config.OutputConfig;
import io.hindsight.driver.config.OutputConfig.Mlflow;
import io.hindsight.driver.config.yaml.Section;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The {@code output} section: where results go, and who else is told of them. */
public final class ResultKeys {
  private static final String MLFLOW = "mlflow";
  private static final String EXPERIMENT = "mlflow-experiment";
  private static final Set<String> SCHEMES = Set.of("http", "https");

  private ResultKeys() {}

  /** Reads the section. */
  public static OutputConfig read(Section output) {
    return new OutputConfig(
        output.text("directory").orElse(OutputConfig.DEFAULT.directory()),
        output.flag("examples", OutputConfig.DEFAULT.examples()),
        output.flag("tensorboard", OutputConfig.DEFAULT.tensorboard()),
        mlflow(output));
  }

  private static Optional<Mlflow> mlflow(Section output) {
    Optional<String> address = output.text(MLFLOW);
    Optional<String> experiment = output.text(EXPERIMENT);
    address.ifPresent(text -> check(output, text));
    if (address.isEmpty() && experiment.isPresent()) {
      output.problem(
          EXPERIMENT,
          "there is no server that it could be on, as output.mlflow is missing",
          "set output.mlflow to the address of the server, or delete this");
    }
    return address.map(text -> new Mlflow(text.replaceFirst("/+$", ""), experiment));
  }

  private static void check(Section output, String address) {
    try {
      URI uri = new URI(address);
      if (uri.getRawUserInfo() != null || uri.getRawQuery() != null) {
        output.problem(
            MLFLOW,
            "a secret would be stored with the run and the model",
            "write the address alone, and give a token in the environment variable"
                + " MLFLOW_TRACKING_TOKEN");
      } else if (!SCHEMES.contains(String.valueOf(uri.getScheme()))
          || uri.getHost() == null
          || uri.getRawFragment() != null) { // of a page that a browser shows
        refuse(output, address);
      }
    } catch (URISyntaxException noAddress) {
      refuse(output, address);
    }
  }

  private static void refuse(Section output, String address) {
    output.problem(
        MLFLOW,
        "must be the address of a tracking server, but is " + address,
        "write it like http://localhost:5000 or https://mlflow.example.org");
  }

  /** The section as a mapping. */
  public static Map<String, Object> write(OutputConfig config) {
    Map<String, Object> output = new LinkedHashMap<>();
    output.put("directory", config.directory());
    output.put("examples", config.examples());
    output.put("tensorboard", config.tensorboard());
    config
        .mlflow()
        .ifPresent(
            mlflow -> {
              output.put(MLFLOW, mlflow.address());
              mlflow.experiment().ifPresent(name -> output.put(EXPERIMENT, name));
            });
    return output;
  }
}
