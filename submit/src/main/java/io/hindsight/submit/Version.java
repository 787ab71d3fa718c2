package io.hindsight.submit;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The versions a report of a problem should name. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() throws IOException {
    return new String[] {
      "hindsight " + read("/io/hindsight/submit/version.properties"),
      "java " + Runtime.version(),
      // Spark keeps its version beside its classes; reading it starts none of them.
      "spark " + read("/spark-version-info.properties")
    };
  }

  private static String read(String resource) throws IOException {
    try (InputStream in = Version.class.getResourceAsStream(resource)) {
      if (in == null) {
        return "not found";
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    }
  }
}
