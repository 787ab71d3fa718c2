package io.hindsight.datasets.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.TestSession;
import io.hindsight.datasets.source.DataReader;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.TextSpec;
import java.util.Properties;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class HadoopSettingsTest {
  @Test
  void shouldTakeHadoopSettingsFromSparkProperties() {
    Properties properties = new Properties();
    properties.setProperty("spark.hadoop.fs.memo.key", "secret");
    properties.setProperty("spark.other", "7");
    Configuration settings = HadoopSettings.of(properties);

    assertEquals("secret", settings.get("fs.memo.key"));
    assertNull(settings.get("other"));
    assertNull(settings.get("spark.other"));
  }

  @Test
  void shouldReadTextWithTheSettingsOfTheRunningSession() {
    Configuration running = TestSession.start().sparkContext().hadoopConfiguration();
    String usual = running.get("fs.defaultFS");
    running.set("fs.defaultFS", "nowhere:///");
    try {
      TextSpec spec = new TextSpec("corpus.txt", new Split(Split.By.TIME, 0, 0));
      DataException refusal = assertThrows(DataException.class, () -> DataReader.fit(spec, 1, 1));
      assertTrue(refusal.getMessage().contains("nowhere"), refusal.getMessage());
    } finally {
      running.set("fs.defaultFS", usual);
    }
  }
}
